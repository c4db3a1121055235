using System.Collections.Immutable;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Resolves <c>package-versions.tar</c>: the release metadata of every version of every package, whatever packages are
/// pulled themselves (spec/pull.md 5.1).
/// </summary>
internal sealed class PackageVersionsResolver(DeckhouseSource source)
{
    public async Task<ResolvedParts> ResolveAsync(Catalogue packages, CancellationToken cancellationToken)
    {
        ImmutableArray<string> names =
            await source.FindTagsAsync(packages.Root, cancellationToken).ConfigureAwait(false) ?? [];
        ImmutableArray<WantedLayout> layouts = await ParallelLookup.SelectAsync(
            names,
            (name, token) => FindAsync(packages, name, token),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Of(
            new WantedArchive("package-versions.tar", [.. layouts.Where(layout => layout.Images.Length > 0)]), []);
    }

    private async Task<WantedLayout> FindAsync(Catalogue packages, string name, CancellationToken cancellationToken)
    {
        string repository = packages.ReleaseRepository(name);
        ImmutableArray<string> tags =
            await source.FindTagsAsync(repository, cancellationToken).ConfigureAwait(false) ?? [];
        ImmutableArray<WantedImage> images = await ParallelLookup.SelectAsync(
            tags,
            (tag, token) => source.GetAsync(repository, tag, "package catalogue", token),
            cancellationToken).ConfigureAwait(false);
        return new WantedLayout(packages.ReleaseLayout(name), images);
    }
}
