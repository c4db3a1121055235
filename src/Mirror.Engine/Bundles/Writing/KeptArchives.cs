using System.Collections.Concurrent;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// The archives that were in the folder before the run and are kept. They are believed unread, but for those that
/// something speaks against, or that lack a GOST sum: these are hashed, so that no sum is made of bytes nobody proved.
/// </summary>
internal sealed class KeptArchives(BundleFolder folder, ImmutableHashSet<string> names)
{
    private readonly ConcurrentDictionary<string, string> _sums = new(StringComparer.Ordinal);
    private readonly List<ArchiveLayout> _doubtful = [];
    private readonly List<(ArchivePart File, string? Known)> _unsummed = [];

    public ImmutableHashSet<string> Names => names;

    /// <summary>The names of those that this run does not read.</summary>
    public ImmutableSortedSet<string> Believed { get; private set; } =
        ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>The names of those that <see cref="ProveAsync"/> hashes.</summary>
    public ImmutableSortedSet<string> Doubtful =>
        [.. _doubtful.Select(layout => layout.Name).ToImmutableSortedSet(StringComparer.Ordinal)];

    public long BytesLeft => _unsummed.Sum(file => file.File.Length);

    public int FilesLeft => _unsummed.Count;

    /// <summary>
    /// Looks what lies beside the archives and when they were written; nothing is hashed yet. <paramref name="named"/>
    /// are files that got their final name in this run, by the commit of an earlier one.
    /// </summary>
    public static KeptArchives Find(
        BundleFolder folder,
        MirrorPlan plan,
        ImmutableArray<ArchiveLayout> layouts,
        ImmutableHashSet<string> kept,
        ImmutableHashSet<string> named,
        bool withSums)
    {
        KeptArchives archives = new(folder, kept);
        foreach ((PlannedArchive archive, ArchiveLayout layout) in plan.Archives.Zip(layouts)
            .Where(pair => kept.Contains(pair.First.Name)))
        {
            ImmutableArray<ArchivePart> parts = layout.Parts;
            byte[] inventory = BundleJson.Write(BundleInventory.Create(plan.Source, archive, layout));
            bool isDoubtful = parts.Any(part => named.Contains(part.Name))
                || !inventory.AsSpan().SequenceEqual(folder.Read(BundleNames.Inventory(layout.Name)))
                || parts.Any(part => archives.IsNewer(part, BundleNames.Inventory(layout.Name)));
            archives.Add(layout, isDoubtful, withSums ? parts : []);
        }

        return archives;
    }

    /// <summary>Hashes what is doubtful, side by side with its GOST sums.</summary>
    /// <returns>The sums by file, also those that were there.</returns>
    /// <exception cref="MirrorException">
    /// D8M7004: a file has another sum than the one beside it. D8M7001: an archive is not as planned.
    /// </exception>
    public async Task<ImmutableDictionary<string, string>> ProveAsync(
        GostHasher hasher, SumProgress progress, CancellationToken cancellationToken)
    {
        ConcurrentBag<Fault> wrongSums = [];
        Task<ImmutableArray<Fault>> proof = ArchiveProof.RunAsync(folder, [.. _doubtful], cancellationToken);
        Task sums = new GostFiles(folder.Disk, hasher, progress.Hashed).ComputeAsync(
            [.. _unsummed.Select(file => folder.PathOf(file.File.Name))], Done, cancellationToken);
        await Task.WhenAll(proof, sums).ConfigureAwait(false);
        ImmutableArray<Fault> faults = wrongSums.IsEmpty
            ? await proof.ConfigureAwait(false)
            : [.. wrongSums.OrderBy(fault => fault.Message, StringComparer.Ordinal)];
        return faults.IsEmpty
            ? _sums.ToImmutableDictionary(StringComparer.Ordinal)
            : throw new MirrorException(faults);

        void Done(int index, string sum)
        {
            string name = _unsummed[index].File.Name;
            _sums[name] = sum;
            progress.FileDone();
            if (_unsummed[index].Known is { } known && known != sum)
            {
                wrongSums.Add(new Fault(
                    FaultCode.GostSumWrong,
                    $"{name} was to be kept, but its GOST sum is {sum} now, and {BundleNames.Sum(name)} says {known}.",
                    "Run verify to see what is wrong with it; delete the archive and pull again."));
            }
        }
    }

    private void Add(ArchiveLayout layout, bool isDoubtful, ImmutableArray<ArchivePart> summed)
    {
        (ArchivePart File, string? Known)[] sums = [.. summed.Select(file => (file, KnownSum(file)))];
        if (isDoubtful || sums.Any(sum => sum.Known is null || IsNewer(sum.File, BundleNames.Sum(sum.File.Name))))
        {
            _doubtful.Add(layout);
            _unsummed.AddRange(sums);
            return;
        }

        Believed = Believed.Add(layout.Name);
        foreach ((ArchivePart file, string? known) in sums)
        {
            _sums[file.Name] = known!;
        }
    }

    private string? KnownSum(ArchivePart file) =>
        folder.Read(BundleNames.Sum(file.Name)) is { } content ? GostSums.Parse(content, file.Name) : null;

    /// <summary>Whether the file was written to after the one that speaks of it.</summary>
    private bool IsNewer(ArchivePart file, string sign) => folder.WrittenAt(file.Name) > folder.WrittenAt(sign);
}
