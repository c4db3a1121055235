using System.Collections.Immutable;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles;

/// <summary>Writes inventories and index under temporary names and lists what makes the bundle visible.</summary>
internal static class BundlePublication
{
    /// <returns>The steps of the commit; none when the folder is already as planned.</returns>
    public static ImmutableArray<CommitStep> Write(
        BundleFolder folder,
        MirrorPlan plan,
        ImmutableArray<ArchiveLayout> layouts,
        ImmutableHashSet<string> kept,
        ImmutableArray<string> superseded,
        ImmutableDictionary<string, string> sums)
    {
        ImmutableArray<CommitStep>.Builder steps = ImmutableArray.CreateBuilder<CommitStep>();
        HashSet<string> summed = [.. sums.Keys.Select(BundleNames.Sum)];
        steps.AddRange(layouts.Where(layout => !kept.Contains(layout.Name))
            .Select(layout => layout.Parts[0])
            .Where(part => ChunkName.Parse(part.Name) is not null && folder.Exists(part.Name))
            .Select(part => new CommitStep(part.Name, While: part.StagedName)));
        steps.AddRange(superseded.Where(name => !summed.Contains(name))
            .Select(name => new CommitStep(name))
            .OrderBy(step => !step.IsOfFirstChunk));
        List<CommitStep> firstChunks = [];
        List<BundleInventory> inventories = [];
        foreach ((PlannedArchive archive, ArchiveLayout layout) in plan.Archives.Zip(layouts))
        {
            BundleInventory inventory = BundleInventory.Of(plan.Source, archive, layout);
            inventories.Add(inventory);
            if (!kept.Contains(archive.Name))
            {
                string name = BundleNames.Inventory(archive.Name);
                folder.WriteDurably(BundleNames.Part(name), BundleJson.Write(inventory));
                ILookup<bool, CommitStep> renames = layout.Parts.Reverse()
                    .Select(part => new CommitStep(part.StagedName, part.Name))
                    .ToLookup(step => step.IsOfFirstChunk);
                steps.AddRange(renames[false]);
                firstChunks.AddRange(renames[true]);
                steps.Add(new CommitStep(BundleNames.Part(name), name));
            }
        }

        steps.AddRange(firstChunks);
        foreach ((string file, string sum) in sums.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string name = BundleNames.Sum(file);
            byte[] content = GostSums.Content(sum);
            if (!kept.Contains(BundleNames.ArchiveOf(file)!) || !content.AsSpan().SequenceEqual(folder.Read(name)))
            {
                folder.WriteDurably(BundleNames.Part(name), content);
                steps.Add(new CommitStep(BundleNames.Part(name), name));
            }
        }

        foreach (PlannedFile file in plan.Files)
        {
            AddChanged(file.Name, file.Content.ToArray());
        }

        AddChanged(BundleNames.Index, BundleJson.Write(BundleIndex.Of(inventories, plan.Files)));
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
}
