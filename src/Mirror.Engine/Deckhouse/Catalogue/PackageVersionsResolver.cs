using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>
/// Resolves <c>package-versions.tar</c>: the release metadata of every version of every package, whatever packages are
/// pulled themselves (docs/behaviour/pull.md#package-versions). As in the catalogue, a broken package concerns only
/// itself. Behind a proxy registry it holds those packages and versions that are looked for. A package whose rules
/// decide its channels has them in its own archive alone: two archives with one channel each would leave the choice to
/// their order.
/// </summary>
internal sealed class PackageVersionsResolver(DeckhouseSource source, ReleaseImages releases)
{
    private const string ArchiveName = "package-versions.tar";
    private const string Reason = "package catalogue";

    private readonly TagDiscovery _tags = new(source);

    public async Task<ResolvedParts> ResolveAsync(
        CatalogueKind packages, CatalogueFilter filter, SelectionRules rules, CancellationToken cancellationToken)
    {
        ImmutableArray<string> names = source.CanListTags
            ? await source.FindTagsAsync(packages.Root, cancellationToken).ConfigureAwait(false) ?? []
            : filter.Named;
        ImmutableArray<(LayoutContent? Layout, Fault? Note)> found = await ParallelLookup.SelectAsync(
            names.Select(packages.Item).Where(item => item.HasValidName),
            (item, token) => FindAsync(item, filter, rules, token),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Create(
            new ArchiveContent(ArchiveName, [.. found.Select(one => one.Layout).OfType<LayoutContent>()]),
            found.Select(one => one.Note).OfType<Fault>());
    }

    private async Task<(LayoutContent? Layout, Fault? Note)> FindAsync(
        CatalogueItem item, CatalogueFilter filter, SelectionRules rules, CancellationToken cancellationToken)
    {
        ImmutableArray<VersionConstraint> constraints = filter.Constraints(item.Name);
        bool hasChannels = VersionSelection.FollowsChannels(constraints);
        try
        {
            ImmutableArray<ImageContent> images = source.CanListTags
                ? await ListAsync(item, hasChannels, cancellationToken).ConfigureAwait(false)
                : await ProbeAsync(item, constraints, hasChannels, rules, cancellationToken).ConfigureAwait(false);
            return (images.IsEmpty ? null : new LayoutContent(item.ReleaseLayout, images), null);
        }
        catch (MirrorException broken) when (!filter.Names(item.Name) && DeckhouseFaults.AreOfContent(broken))
        {
            return (null, DeckhouseFaults.LeftOut(
                item.Catalogue.Kind,
                $"{ArchiveName} does not have the {item}, because its versions are broken at the source",
                broken));
        }
    }

    private async Task<ImmutableArray<ImageContent>> ListAsync(
        CatalogueItem item, bool hasChannels, CancellationToken cancellationToken) =>
        await ParallelLookup.SelectAsync(
            (await source.FindTagsAsync(item.Releases, cancellationToken).ConfigureAwait(false) ?? [])
                .Where(tag => hasChannels || !ReleaseChannel.IsChannel(tag)),
            (tag, token) => source.GetAsync(item.Releases, tag, Reason, token),
            cancellationToken).ConfigureAwait(false);

    // What the search passed over is said where the package itself is resolved.
    private async Task<ImmutableArray<ImageContent>> ProbeAsync(
        CatalogueItem item,
        ImmutableArray<VersionConstraint> constraints,
        bool hasChannels,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        ImmutableArray<ChannelRelease> channels = hasChannels
            ? await releases.ReadChannelsAsync(item.Releases, cancellationToken).ConfigureAwait(false)
            : [];
        FoundTags? found = await _tags
            .FindAsync(item.Repository, $"the {item}", constraints, rules, cancellationToken).ConfigureAwait(false);
        ImmutableArray<ImageContent?> versions = await ParallelLookup.SelectAsync(
            channels.Select(channel => channel.Tag)
                .Concat((found ?? FoundTags.None).Tags)
                .Concat(constraints.Select(constraint => constraint.Tag).OfType<string>())
                .Distinct(StringComparer.Ordinal)
                .Where(tag => !ReleaseChannel.IsChannel(tag)),
            (tag, token) => source.FindAsync(item.Releases, tag, Reason, token),
            cancellationToken).ConfigureAwait(false);
        return [.. channels.Select(channel => channel.Image), .. versions.OfType<ImageContent>()];
    }
}
