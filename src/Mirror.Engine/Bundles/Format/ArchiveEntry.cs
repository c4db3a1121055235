namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// One file of an archive and its place. A value type whose path is composed on demand: a bundle has hundreds of
/// thousands of entries.
/// </summary>
internal readonly record struct ArchiveEntry
{
    /// <summary>The layout's path with a slash behind it; empty for the root layout.</summary>
    public required string Prefix { get; init; }

    /// <summary>Where the header starts; for long names, that of the pseudo entry.</summary>
    public long HeaderOffset { get; init; }

    public long DataOffset { get; init; }

    public required long Size { get; init; }

    /// <summary>The digest of a blob; <see langword="default"/> for the layout's own files.</summary>
    public Digest Digest { get; init; }

    /// <summary>The name of one of the layout's own files, or <see langword="null"/> for a blob.</summary>
    public string? FileName { get; init; }

    /// <summary>The bytes of one of the layout's own files.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    public bool IsBlob => FileName is null;

    public string Path => FileName is null ? BlobPath(Prefix, Digest) : Prefix + FileName;

    public static string BlobPath(string prefix, Digest digest) => $"{prefix}blobs/{digest.Algorithm}/{digest.Hex}";
}
