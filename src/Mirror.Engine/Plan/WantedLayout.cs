using System.Collections.Immutable;

namespace Mirror.Engine.Plan;

/// <summary>A layout that belongs to an archive, also when no image landed in it.</summary>
internal sealed record WantedLayout(string Path, ImmutableArray<WantedImage> Images)
{
    /// <summary>The repository its images are pushed to; <see langword="null"/> when nothing is pushed.</summary>
    public string? Target { get; init; }
}
