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
        steps.AddRange(superseded.Where(name => !summed.Contains(name)).Select(name => new CommitStep(name)));
        List<BundleInventory> inventories = [];
        foreach ((PlannedArchive archive, ArchiveLayout layout) in plan.Archives.Zip(layouts))
        {
            BundleInventory inventory = BundleInventory.Of(plan.Source, archive, layout);
            inventories.Add(inventory);
            if (!kept.Contains(archive.Name))
            {
                string name = BundleNames.Inventory(archive.Name);
                folder.WriteDurably(BundleNames.Part(name), BundleJson.Write(inventory));
                steps.Add(new CommitStep(BundleNames.Part(archive.Name), archive.Name));
                steps.Add(new CommitStep(BundleNames.Part(name), name));
            }
        }

        foreach ((string archive, string sum) in sums.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string name = BundleNames.Sum(archive);
            byte[] content = GostSums.Content(sum);
            if (!kept.Contains(archive) || !content.AsSpan().SequenceEqual(folder.Read(name)))
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
