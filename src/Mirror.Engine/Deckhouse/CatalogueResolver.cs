using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Deckhouse;

/// <summary>Resolves all items of a catalogue, modules or packages, each into an archive of its own.</summary>
internal sealed class CatalogueResolver(DeckhouseSource source, CatalogueItemResolver items)
{
    public async Task<ResolvedParts> ResolveAsync(
        Catalogue catalogue, CatalogueFilter filter, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        // Behind a proxy registry only those exist that are named; whether they do shows when they are looked for.
        ImmutableArray<string>? listed = source.CanListTags
            ? await source.FindTagsAsync(catalogue.Root, cancellationToken).ConfigureAwait(false)
            : [.. filter.Named.Order(StringComparer.Ordinal)];
        string[] missing = [.. filter.Named.Except(listed ?? [], StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new MirrorException([.. missing.Select(name =>
                DeckhouseFaults.NameMissing(catalogue.Kind, name, source.Name(catalogue.Root)))]);
        }

        if (listed is not { Length: > 0 } names)
        {
            return ResolvedParts.OnlyNote(DeckhouseFaults.NoCatalogue(catalogue.Kind, source.Name(catalogue.Root)));
        }

        return ResolvedParts.Merge(await ParallelLookup.SelectAsync(
            names.Where(filter.Wants),
            (name, token) => items.ResolveAsync(catalogue, name, filter, settings, token),
            cancellationToken).ConfigureAwait(false));
    }
}
