using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>An image with its manifests: resolved at a source, or found in a bundle.</summary>
/// <param name="Repository">The repository at the source, without host; in a bundle, the path of its layout.</param>
/// <param name="Tag">The tag in the bundle; <see langword="null"/> for an image that is named by digest.</param>
/// <param name="Manifests">The image's manifest first, then those of an index's children, however deep.</param>
/// <param name="Reason">Why it is there, for humans: what selected it, or the archive it was found in.</param>
internal sealed record ImageContent(
    string Repository, string? Tag, ImmutableArray<Manifest> Manifests, string Reason)
{
    /// <summary>
    /// Whether a push adds this tag of an image that the archive has anyway: no further image of it.
    /// </summary>
    public bool IsAdded { get; init; }

    /// <summary>When its tag becomes visible at a target.</summary>
    public PublishStage Stage { get; init; }

    /// <summary>
    /// The version that a release channel points at; <see langword="null"/>: it is no channel, or nobody read it.
    /// </summary>
    public string? ChannelVersion { get; init; }

    public Manifest Manifest => Manifests[0];

    /// <summary>Bytes of manifests, configs and layers, each once.</summary>
    public long TotalBytes => Manifests
        .SelectMany(manifest => manifest.Blobs.Prepend(manifest.Descriptor))
        .DistinctBy(blob => blob.Digest)
        .Sum(blob => blob.Size);

    public Digest Digest => Manifest.Descriptor.Digest;

    /// <summary>The tag to push under: for a digest its hex, as d8 does.</summary>
    public string ShortTag => Tag ?? Digest.Hex;
}
