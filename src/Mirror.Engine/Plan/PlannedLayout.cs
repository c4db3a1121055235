using Mirror.Engine.Plan;

namespace Mirror.Engine;

/// <summary>One OCI image layout of an archive: the images of one repository.</summary>
public sealed record PlannedLayout
{
    /// <summary>
    /// The path in the bundle, which is the repository's path below the target: empty for the root,
    /// <c>install</c>, <c>modules/console/release</c>. Bundles of the form <c>Legacy025</c> have no
    /// <c>modules/NAME</c> and <c>security</c> in their paths.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The repository at the target, without host; <see langword="null"/> when nothing is pushed.</summary>
    public string? Target { get; init; }

    /// <summary>Its images, by reference, then tag; may be empty.</summary>
    public required ImmutableArray<PlannedImage> Images { get; init; }

    /// <summary>Everything the images consist of and the archive holds, by digest.</summary>
    internal ImmutableArray<PlannedBlob> Blobs { get; init; } = [];

    /// <summary>The state id of what the target is expected to have; <see langword="null"/>: nothing.</summary>
    internal string? DeltaBase { get; init; }

    /// <summary>What the images consist of as well, and the target is expected to have, by digest.</summary>
    internal ImmutableArray<PlannedBlob> Omitted { get; init; } = [];
}
