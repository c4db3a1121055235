namespace Mirror.Engine.Plan;

/// <summary>What an archive holds: resolved at a source, or found in a bundle.</summary>
internal sealed record ArchiveContent(string Name, ImmutableArray<LayoutContent> Layouts)
{
    /// <summary>The size of the file that was found; 0 for an archive that is still to be made.</summary>
    public long FileBytes { get; init; }

    /// <summary>Whether it is written without any image too.</summary>
    public bool IsKeptEmpty { get; init; }
}

/// <summary>A layout of an archive with its images; it may have none.</summary>
internal sealed record LayoutContent(string Path, ImmutableArray<ImageContent> Images)
{
    /// <summary>
    /// The state id of what the target is expected to have, in the layout of a delta; <see langword="null"/>: nothing.
    /// </summary>
    public string? DeltaBase { get; init; }

    /// <summary>Layers that the images need and the archive does not hold: the target is expected to.</summary>
    public ImmutableArray<Digest> Omitted { get; init; } = [];

    /// <summary>The repository its images are pushed to; <see langword="null"/> when nothing is pushed.</summary>
    public string? Target { get; init; }
}
