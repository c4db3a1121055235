using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>Chooses the versions and channels of a module or package (docs/behaviour/pull.md#modules).</summary>
internal sealed class ItemSelector(DeckhouseSource source, ReleaseImages releases)
{
    private readonly TagDiscovery _tags = new(source);

    /// <exception cref="MirrorException">D8M3009: a rule that names the item selects nothing; all of them.</exception>
    public async Task<ItemChoice> ChooseAsync(
        CatalogueItem item, CatalogueFilter filter, SelectionRules rules, CancellationToken cancellationToken)
    {
        ImmutableArray<VersionConstraint> constraints = filter.Constraints(item.Name);
        ImmutableArray<ChannelRelease> channels = VersionSelection.FollowsChannels(constraints)
            ? await releases.ReadChannelsAsync(item.Releases, cancellationToken).ConfigureAwait(false)
            : [];
        FoundTags found = VersionSelection.NeedsTags(constraints)
            ? await _tags.FindAsync(item.Repository, $"the {item}", constraints, rules, cancellationToken)
                .ConfigureAwait(false) ?? FoundTags.None
            : FoundTags.None;
        ImmutableArray<string> tags = found.Tags;
        CheckRules(
            item, constraints, [.. tags, .. channels.Select(channel => channel.Tag)], rules, found.Searched);
        ImmutableArray<ChannelRelease> kept =
            [.. channels.Where(channel => !filter.Excludes(item.Name, channel.Tag))];
        IEnumerable<(string Tag, string Reason)> reasons =
        [
            .. kept
                .GroupBy(channel => channel.Tag, channel => channel.Channel, StringComparer.Ordinal)
                .Select(group => (group.Key, $"channel {string.Join(", ", group)}")),
            .. constraints
                .SelectMany(
                    constraint => VersionSelection.Resolve([constraint], tags, rules),
                    (constraint, tag) => (Tag: tag, Rule: $"{item.Name}@{constraint}"))
                .GroupBy(pair => pair.Tag, pair => pair.Rule, StringComparer.Ordinal)
                .Select(group => (group.Key, $"rule {string.Join(", ", group)}")),
        ];
        return new ItemChoice(
            [
                .. reasons
                    .GroupBy(version => version.Tag, version => version.Reason, StringComparer.Ordinal)
                    .Select(group => (group.Key, string.Join("; ", group))),
            ],
            kept,
            constraints)
        {
            Notes = found.Notes,
            Excluding =
                [.. channels.SelectMany(channel => filter.Excluding(item.Name, channel.Tag)).Distinct()],
        };
    }

    /// <summary>A rule is met as well by a version that a channel brings, listed or not.</summary>
    private static void CheckRules(
        CatalogueItem item,
        ImmutableArray<VersionConstraint> constraints,
        ImmutableArray<string> tags,
        SelectionRules rules,
        string searched)
    {
        ImmutableArray<Fault> unmet =
        [
            .. constraints
                .Where(constraint => VersionSelection.Resolve([constraint], tags, rules).IsEmpty)
                .Select(constraint => DeckhouseFaults.SelectsNothing(
                    item.Catalogue.Kind, item.ToString(), $"{item.Name}@{constraint}", tags, searched)),
        ];
        if (!unmet.IsEmpty)
        {
            throw new MirrorException(unmet);
        }
    }
}

/// <summary>What of a module or package is wanted (docs/behaviour/pull.md#module-channels).</summary>
/// <param name="Versions">The tags of its versions, each with every reason why it is wanted.</param>
/// <param name="Channels">The release channels to publish as they are at the source.</param>
/// <param name="Constraints">What the rules that name it demand; empty: the channels decide.</param>
internal sealed record ItemChoice(
    ImmutableArray<(string Tag, string Reason)> Versions,
    ImmutableArray<ChannelRelease> Channels,
    ImmutableArray<VersionConstraint> Constraints)
{
    public ImmutableArray<ComponentRule> Excluding { get; init; } = [];

    /// <summary>What a user has to know about the search for versions.</summary>
    public ImmutableArray<Fault> Notes { get; init; } = [];
}
