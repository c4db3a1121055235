using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>
/// Resolves one module or package into its archive: images of the chosen versions, releases and channels, extra images
/// and attestations (docs/behaviour/pull.md#modules).
/// </summary>
internal sealed class CatalogueItemResolver(
    DeckhouseSource source, ItemSelector selector, ItemVersionResolver versions, Attestations attestations)
{
    /// <exception cref="MirrorException">
    /// D8M3003 to D8M3012: something that the item needs is absent or broken; everything that is.
    /// </exception>
    public async Task<ResolvedParts> ResolveAsync(
        CatalogueItem item, CatalogueFilter filter, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        ItemChoice choice = await selector.ChooseAsync(item, filter, settings.SelectionRules, cancellationToken)
            .ConfigureAwait(false);
        if (choice.Versions.IsEmpty)
        {
            return NothingOf(item, choice, filter);
        }

        ImmutableArray<ItemVersion> found = await ParallelLookup.SelectAsync(
            choice.Versions,
            (version, token) => versions.FindAsync(
                item, version.Tag, version.Reason, settings.OnlyExtraImages, token),
            cancellationToken).ConfigureAwait(false);
        ImmutableArray<ImageContent> images = settings.OnlyExtraImages
            ? []
            : [.. found.SelectMany(version => version.Images).DistinctBy(image => (image.Tag, image.Digest))];
        ImmutableArray<ImageContent> published = settings.OnlyExtraImages
            ? []
            :
            [
                .. found.Select(version => version.Release).OfType<ImageContent>(),
                .. choice.Channels.Select(channel => channel.Image),
                .. Aliases(item, choice.Constraints, found),
            ];
        ImmutableArray<LayoutContent> extras = await ParallelLookup.SelectAsync(
            found
                .SelectMany(version => version.Extras)
                .GroupBy(extra => extra.Name, extra => extra.Image, StringComparer.Ordinal),
            async (extra, token) => new LayoutContent(
                item.ExtraLayout(extra.Key),
                await WithAttestationsAsync(item.ExtraRepository(extra.Key), [.. extra], settings, token)
                    .ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Create(
            new ArchiveContent(item.Archive,
            [
                new LayoutContent(
                    item.Layout,
                    await WithAttestationsAsync(item.Repository, images, settings, cancellationToken)
                        .ConfigureAwait(false)),
                new LayoutContent(item.ReleaseLayout, published),
                .. extras,
            ]),
            [.. choice.Notes, .. found.SelectMany(version => version.Notes)]) with
        {
            Chosen = [.. found.Select(version => new ChosenVersion(item.Catalogue.Kind, item.Name, version.Tag))],
        };
    }

    private async Task<ImmutableArray<ImageContent>> WithAttestationsAsync(
        string repository,
        ImmutableArray<ImageContent> images,
        MirrorPullSettings settings,
        CancellationToken cancellationToken) => images.IsEmpty || settings.SkipVexImages
        ? images
        : [.. images, .. await attestations.FindAsync(repository, images, cancellationToken).ConfigureAwait(false)];

    /// <summary>
    /// Excludes may leave nothing over, which is noted. An item on no channel is broken, except where modules share
    /// the edition's own repository, whose tags need not be names.
    /// </summary>
    private ResolvedParts NothingOf(CatalogueItem item, ItemChoice choice, CatalogueFilter filter) =>
        !choice.Excluding.IsEmpty
            ? ResolvedParts.OnlyNote(DeckhouseFaults.ExcludedWhole(
                item.Catalogue.Kind, item.ToString(), choice.Excluding))
            : item.Catalogue.Root == source.Tree.Edition && !filter.Names(item.Name)
                ? ResolvedParts.Nothing
                : throw new MirrorException(DeckhouseFaults.OnNoChannel(item.ToString(), source.Name(item.Releases)));

    /// <summary>
    /// Exact rules publish their tag as channels: one rule as all of them or as its own, several rules each only as
    /// the channel it names.
    /// </summary>
    private IEnumerable<ImageContent> Aliases(
        CatalogueItem item, ImmutableArray<VersionConstraint> constraints, ImmutableArray<ItemVersion> found)
    {
        if (VersionSelection.FollowsChannels(constraints))
        {
            yield break;
        }

        foreach (VersionConstraint exact in constraints)
        {
            IEnumerable<string> channels = exact.Channel is { } one ? [one]
                : constraints.Length == 1 ? ReleaseChannel.All : [];
            foreach (string channel in channels)
            {
                ImageContent release = found.First(version => version.Tag == exact.Tag).Release
                    ?? throw new MirrorException(DeckhouseFaults.TagMissing(
                        source.Name(item.Releases), exact.Tag!, $"rule {item.Name}@{exact}", []));
                yield return release with { Tag = channel, Reason = $"channel {channel}, as {exact.Tag}" };
            }
        }
    }
}
