using System.Collections.Immutable;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves <c>package-versions.tar</c>: the release metadata of every version of every package, whatever packages are
/// pulled themselves (spec/pull.md 5.1). Behind a proxy registry: of those packages and versions that are looked for.
/// </summary>
internal sealed class PackageVersionsResolver(DeckhouseSource source, ReleaseImages releases)
{
    private const string Reason = "package catalogue";

    private readonly TagDiscovery _tags = new(source);

    public async Task<ResolvedParts> ResolveAsync(
        Catalogue packages, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        CatalogueFilter filter = new(settings.IncludePackages, []);
        ImmutableArray<string> names = source.CanListTags
            ? await source.FindTagsAsync(packages.Root, cancellationToken).ConfigureAwait(false) ?? []
            : filter.Named;
        ImmutableArray<WantedLayout> layouts = await ParallelLookup.SelectAsync(
            names,
            async (name, token) => new WantedLayout(
                packages.ReleaseLayout(name),
                source.CanListTags
                    ? await ListAsync(packages.ReleaseRepository(name), token).ConfigureAwait(false)
                    : await ProbeAsync(
                        packages, name, filter.Constraints(name), settings.SelectionRules, token)
                        .ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Of(
            new WantedArchive("package-versions.tar", [.. layouts.Where(layout => layout.Images.Length > 0)]), []);
    }

    private async Task<ImmutableArray<WantedImage>> ListAsync(string repository, CancellationToken cancellationToken) =>
        await ParallelLookup.SelectAsync(
            await source.FindTagsAsync(repository, cancellationToken).ConfigureAwait(false) ?? [],
            (tag, token) => source.GetAsync(repository, tag, Reason, token),
            cancellationToken).ConfigureAwait(false);

    // What the search passed over is said where the package itself is resolved.
    private async Task<ImmutableArray<WantedImage>> ProbeAsync(
        Catalogue packages,
        string name,
        ImmutableArray<VersionConstraint> constraints,
        SelectionRules rules,
        CancellationToken cancellationToken)
    {
        string repository = packages.ReleaseRepository(name);
        ImmutableArray<ChannelRelease> channels = await releases
            .ReadChannelsAsync(repository, cancellationToken).ConfigureAwait(false);
        FoundTags found = await _tags
            .FindAsync(packages.Repository(name), name, constraints, rules, cancellationToken)
            .ConfigureAwait(false) ?? FoundTags.None;
        ImmutableArray<WantedImage?> versions = await ParallelLookup.SelectAsync(
            channels.Select(channel => channel.Tag)
                .Concat(found.Tags)
                .Concat(constraints.Select(constraint => constraint.Tag).OfType<string>())
                .Distinct(StringComparer.Ordinal)
                .Where(tag => !ReleaseChannel.IsChannel(tag)),
            (tag, token) => source.FindAsync(repository, tag, Reason, token),
            cancellationToken).ConfigureAwait(false);
        return [.. channels.Select(channel => channel.Image), .. versions.OfType<WantedImage>()];
    }
}
