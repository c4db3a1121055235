namespace Mirror.Engine;

/// <summary>A tag of a target that is not as it should be.</summary>
public sealed record CheckFinding
{
    /// <summary>What is wrong.</summary>
    public required CheckFindingKind Kind { get; init; }

    /// <summary>The archive of a bundle that the image belongs to; empty when that is not known.</summary>
    public required string Archive { get; init; }

    /// <summary>The path in a bundle: empty for the root, <c>install</c>, <c>modules/console</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The image at the target: <c>host/repository:tag</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The image that should be there.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The image that is there instead; <see langword="null"/>: none, or the right one.</summary>
    public Digest? Found { get; init; }

    /// <summary>
    /// What of a damaged image is missing or wrong: the digests of manifests, configs or layers, with what is wrong.
    /// </summary>
    public ImmutableArray<string> Content { get; init; } = [];
}
