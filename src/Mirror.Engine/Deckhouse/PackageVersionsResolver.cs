using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves <c>package-versions.tar</c>: the release metadata of every version of every package, whatever packages are
/// pulled themselves (spec/pull.md 5.1). As in the catalogue, a broken package concerns only itself.
/// </summary>
internal sealed class PackageVersionsResolver(DeckhouseSource source)
{
    private const string ArchiveName = "package-versions.tar";

    public async Task<ResolvedParts> ResolveAsync(
        Catalogue packages, CatalogueFilter filter, CancellationToken cancellationToken)
    {
        ImmutableArray<string> names =
            await source.FindTagsAsync(packages.Root, cancellationToken).ConfigureAwait(false) ?? [];
        ImmutableArray<(WantedLayout? Layout, Fault? Note)> found = await ParallelLookup.SelectAsync(
            names.Select(packages.Item).Where(item => item.HasValidName),
            (item, token) => FindAsync(item, filter, token),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Of(
            new WantedArchive(ArchiveName, [.. found.Select(one => one.Layout).OfType<WantedLayout>()]),
            found.Select(one => one.Note).OfType<Fault>());
    }

    private async Task<(WantedLayout? Layout, Fault? Note)> FindAsync(
        CatalogueItem item, CatalogueFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            ImmutableArray<string> tags =
                await source.FindTagsAsync(item.Releases, cancellationToken).ConfigureAwait(false) ?? [];
            ImmutableArray<WantedImage> images = await ParallelLookup.SelectAsync(
                tags,
                (tag, token) => source.GetAsync(item.Releases, tag, "package catalogue", token),
                cancellationToken).ConfigureAwait(false);
            return (images.IsEmpty ? null : new WantedLayout(item.ReleaseLayout, images), null);
        }
        catch (MirrorException broken) when (!filter.Names(item.Name) && DeckhouseFaults.AreOfContent(broken))
        {
            return (null, DeckhouseFaults.LeftOut(
                item.Catalogue.Kind,
                $"{ArchiveName} does not have the {item}, because its versions are broken at the source",
                broken));
        }
    }
}
