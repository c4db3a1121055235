namespace Mirror.Engine.Plan;

/// <summary>A layout of an archive with its images; it may have none.</summary>
internal sealed record LayoutContent(string Path, ImmutableArray<ImageContent> Images)
{
    /// <summary>The repository its images are pushed to; <see langword="null"/> when nothing is pushed.</summary>
    public string? Target { get; init; }
}
