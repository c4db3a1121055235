using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Platform;

/// <summary>One platform release: its image in each of the four repositories.</summary>
internal sealed record PlatformRelease(
    string Tag, ImageContent Root, ImageContent Install, ImageContent? Standalone, ImageContent? Channel)
{
    public ImmutableArray<Fault> Notes { get; init; } = [];
}
