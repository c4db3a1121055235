using Mirror.Engine.Deckhouse.Source;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>What of a module or package is wanted (docs/behaviour/pull.md#module-channels).</summary>
/// <param name="Versions">The tags of its versions, each with every reason why it is wanted.</param>
/// <param name="Channels">The release channels to publish as they are at the source.</param>
/// <param name="Constraints">What the rules that name it demand; empty: the channels decide.</param>
internal sealed record ItemChoice(
    ImmutableArray<(string Tag, string Reason)> Versions,
    ImmutableArray<ChannelRelease> Channels,
    ImmutableArray<VersionConstraint> Constraints)
{
    /// <summary>The rules that left versions out.</summary>
    public ImmutableArray<ComponentRule> Excluding { get; init; } = [];

    /// <summary>What a user has to know about the search for versions.</summary>
    public ImmutableArray<Fault> Notes { get; init; } = [];
}
