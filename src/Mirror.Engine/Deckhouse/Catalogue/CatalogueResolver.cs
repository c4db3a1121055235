using Mirror.Engine.Deckhouse.Source;

namespace Mirror.Engine.Deckhouse.Catalogue;

/// <summary>
/// Resolves all items of a catalogue, modules or packages, each into an archive of its own. An item that is broken at
/// the source is a fault when it was asked for by name; else it alone is left out, with a note.
/// </summary>
internal sealed class CatalogueResolver(DeckhouseSource source, CatalogueItemResolver items)
{
    public async Task<ResolvedParts> ResolveAsync(
        CatalogueKind catalogue,
        CatalogueFilter filter,
        MirrorPullSettings settings,
        CancellationToken cancellationToken)
    {
        // Behind a proxy registry only those exist that are named; whether they do shows when they are looked for.
        ImmutableArray<string> listed = source.CanListTags
            ? await source.FindTagsAsync(catalogue.Root, cancellationToken).ConfigureAwait(false) ?? []
            : filter.Named;
        if (listed.IsEmpty && filter.Named.IsEmpty)
        {
            return ResolvedParts.OnlyNote(DeckhouseFaults.NoCatalogue(catalogue.Kind, source.Name(catalogue.Root)));
        }

        HashSet<string> known = new(listed, StringComparer.Ordinal);
        ImmutableArray<string> names = source.CanListTags ? [.. listed.Where(IsName)] : [];
        ImmutableArray<ResolvedParts> found = await ParallelLookup.SelectAsync(
            filter.Named.IsEmpty ? listed.Where(filter.Wants).Where(IsName) : filter.Named,
            (name, token) => known.Contains(name)
                ? ResolveAsync(catalogue.Item(name), filter, settings, token)
                : throw new MirrorException(
                    DeckhouseFaults.NameMissing(catalogue.Kind, name, source.Name(catalogue.Root), names)),
            cancellationToken).ConfigureAwait(false);
        return ResolvedParts.Merge(
        [
            .. filter.ExcludesNothing(known).Select(rule => ResolvedParts.OnlyNote(
                DeckhouseFaults.ExcludesNothing(catalogue.Kind, rule, source.Name(catalogue.Root), names))),
            .. found,
        ]);

        // Modules may live directly below the edition, whose own tags are releases, channels and attestations.
        bool IsName(string tag) => catalogue.Root != source.Tree.Edition || !RegistryTree.IsEditionTag(tag);
    }

    private async Task<ResolvedParts> ResolveAsync(
        CatalogueItem item, CatalogueFilter filter, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return item.HasValidName
                ? await items.ResolveAsync(item, filter, settings, cancellationToken).ConfigureAwait(false)
                : throw new MirrorException(
                    DeckhouseFaults.NameMalformed(item.ToString(), source.Name(item.Catalogue.Root)));
        }
        catch (MirrorException broken) when (!filter.Names(item.Name) && DeckhouseFaults.AreOfContent(broken))
        {
            return ResolvedParts.OnlyNote(DeckhouseFaults.LeftOut(
                item.Catalogue.Kind, $"The {item} is not in the bundle, because it is broken at the source", broken));
        }
    }
}
