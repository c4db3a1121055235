using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>Removes what earlier runs left under temporary names and is of no use; only files of ours.</summary>
internal static class LeftoverFiles
{
    /// <returns>A warning (D8M6102) about unfinished archives that are not of this plan and perhaps not ours.</returns>
    public static ImmutableArray<Fault> Remove(
        BundleFolder folder, MirrorPlan plan, ImmutableArray<ArchiveLayout> layouts, HashSet<string> useful)
    {
        HashSet<string> archives =
            [.. layouts.SelectMany(layout => new[] { layout.Name, BundleNames.Aside(layout.Name) })];
        HashSet<string> documents =
        [
            .. layouts.Select(layout => BundleNames.Inventory(layout.Name)),
            .. plan.Files.Select(file => file.Name),
            BundleNames.Index,
            BundleNames.Commit,
        ];
        IReadOnlyList<string> names = folder.List();
        foreach (string name in names.Where(name => !useful.Contains(name) && IsOfPlan(name)))
        {
            folder.Delete(name);
        }

        foreach (string archive in names.Select(BundleNames.JournalledBy).OfType<string>())
        {
            if (!archives.Contains(archive))
            {
                EarlierArchive.Read(folder, archive, names.Count)?.Delete(folder);
            }
        }

        ImmutableArray<string> strange =
        [
            .. names.Where(name => BundleNames.StagedArchive(name) is { } archive && !archives.Contains(archive))
                .Where(folder.Exists),
        ];
        return strange.IsEmpty ? [] : [BundleFaults.StrangeParts(folder.Directory, strange)];

        bool IsOfPlan(string name) =>
            (BundleNames.JournalledBy(name) is { } journalled && archives.Contains(journalled))
            || (BundleNames.PublishedName(name) is { } published
                && (documents.Contains(published)
                    || (BundleNames.FormOf(published) ?? BundleNames.JournalledBy(published)) is { } archive
                        && archives.Contains(archive)));
    }
}
