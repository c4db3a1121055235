using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>One version of a module or package.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Images">The main image, then its component images.</param>
/// <param name="Release">Its release image, if there is one.</param>
internal sealed record ItemVersion(string Tag, ImmutableArray<ImageContent> Images, ImageContent? Release)
{
    public ImmutableArray<(string Name, ImageContent Image)> Extras { get; init; } = [];

    public ImmutableArray<Fault> Notes { get; init; } = [];
}
