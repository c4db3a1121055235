namespace Mirror.Engine.Oci;

/// <summary>A tag or digest in a repository of the registry that is being read: <c>repository:tag</c>.</summary>
/// <param name="Repository">The repository path, without host.</param>
/// <param name="Tag">The tag; empty when the image is named by digest only.</param>
/// <param name="Digest">The digest; <see langword="default"/> while only the tag is known.</param>
internal readonly record struct ImageReference(string Repository, string Tag, Digest Digest)
{
    public static ImageReference OfTag(string repository, string tag) => new(repository, tag, default);

    public static ImageReference OfDigest(string repository, Digest digest) => new(repository, "", digest);

    /// <summary>What goes into a manifests URL: the digest if known, else the tag.</summary>
    public string Target => Digest.IsEmpty ? Tag : Digest.ToString();

    public override string ToString() => Tag.Length > 0 ? $"{Repository}:{Tag}" : $"{Repository}@{Digest}";
}
