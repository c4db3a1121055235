using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Sums;

namespace Mirror.Engine.Bundles.Commit;

/// <summary>Writes inventories and index under temporary names and lists what makes the bundle visible.</summary>
internal static class BundlePublication
{
    /// <summary>
    /// What speaks of <paramref name="proven"/> archives is written anew though they are kept: they were hashed, so the
    /// next run need not doubt.
    /// </summary>
    /// <returns>The steps of the commit; none when the folder is already as planned.</returns>
    public static ImmutableArray<CommitStep> Write(
        BundleFolder folder,
        MirrorPlan plan,
        ImmutableArray<ArchiveLayout> layouts,
        ImmutableHashSet<string> kept,
        ImmutableSortedSet<string> proven,
        ImmutableArray<string> superseded,
        ImmutableDictionary<string, string> sums)
    {
        ImmutableArray<CommitStep>.Builder steps = ImmutableArray.CreateBuilder<CommitStep>();
        List<CommitStep> signs = [];
        List<BundleInventory> inventories = [];
        steps.AddRange(Removals(folder, layouts.Where(layout => !kept.Contains(layout.Name)), superseded, sums));
        foreach ((PlannedArchive archive, ArchiveLayout layout) in plan.Archives.Zip(layouts))
        {
            BundleInventory inventory = BundleInventory.Create(plan.Source, archive, layout);
            inventories.Add(inventory);
            string name = BundleNames.Inventory(archive.Name);
            bool isKept = kept.Contains(archive.Name);
            if (!isKept || proven.Contains(archive.Name))
            {
                folder.WriteDurably(BundleNames.Part(name), BundleJson.Write(inventory));
                signs.Add(new CommitStep(BundleNames.Part(name), name));
            }

            if (!isKept)
            {
                ILookup<bool, CommitStep> renames = layout.Parts.Reverse()
                    .Select(part => new CommitStep(part.StagedName, part.Name))
                    .ToLookup(step => step.IsSign);
                steps.AddRange(renames[false]);
                signs.AddRange(renames[true]);
            }
        }

        foreach ((string file, string sum) in sums.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string name = BundleNames.Sum(file);
            byte[] content = GostSums.Content(sum);
            string archive = BundleNames.ArchiveOf(file)!;
            if (!kept.Contains(archive) || proven.Contains(archive))
            {
                folder.WriteDurably(BundleNames.Part(name), content);
                signs.Add(new CommitStep(BundleNames.Part(name), name));
            }
        }

        steps.AddRange(signs.OrderBy(step => ChunkName.Parse(step.To!) is not null));
        foreach (PlannedFile file in plan.Files)
        {
            AddChanged(file.Name, file.Content.ToArray());
        }

        AddChanged(BundleNames.Index, BundleJson.Write(BundleIndex.Create(inventories, plan.Files)));
        steps.AddRange(layouts.Where(layout => !kept.Contains(layout.Name))
            .Select(layout => new CommitStep(BundleNames.Journal(layout.Name))));
        return steps.ToImmutable();

        void AddChanged(string name, byte[] content)
        {
            if (!content.AsSpan().SequenceEqual(folder.Read(name)))
            {
                folder.WriteDurably(BundleNames.Part(name), content);
                steps.Add(new CommitStep(BundleNames.Part(name), name));
            }
        }
    }

    /// <summary>
    /// What goes, the signs first. A whole archive that another replaces is not among it: its rename does both at once.
    /// </summary>
    private static IEnumerable<CommitStep> Removals(
        BundleFolder folder,
        IEnumerable<ArchiveLayout> written,
        ImmutableArray<string> superseded,
        ImmutableDictionary<string, string> sums)
    {
        HashSet<string> replaced = [.. sums.Keys.Select(BundleNames.Sum)];
        IEnumerable<CommitStep> signs = written
            .SelectMany(layout => new[] { layout.Parts[0].Name, BundleNames.Inventory(layout.Name) })
            .Where(name => folder.Exists(name) && !BundleNames.IsArchive(name))
            .Select(name => new CommitStep(name, While: BundleNames.Part(name)));
        return signs
            .Concat(superseded.Select(name => new CommitStep(
                name, While: replaced.Contains(name) ? BundleNames.Part(name) : null)))
            .OrderBy(step => !step.IsSign);
    }
}
