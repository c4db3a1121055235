using Mirror.Engine.Bundles.Commit;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// A claimed folder that is ready for the bundle of a plan: nothing stands in the way, there is room, and it is known
/// what earlier runs left. Archives that are there as planned are kept; the others are to be written.
/// </summary>
internal sealed class PreparedBundle : IDisposable
{
    /// <summary>Generous guesses at the sizes of small files, for the check of free space.</summary>
    private const int InventoryBytesPerImage = 1024;
    private const int JournalBytesPerEntry = 160;

    private readonly Dictionary<string, EarlierArchive> _earlier = new(StringComparer.Ordinal);

    private PreparedBundle(FolderClaim claim, MirrorPlan plan, BundleOptions options, TimeProvider time)
    {
        Folder = claim.Folder;
        Plan = plan;
        Options = options;
        Layouts = BundleLayout.Create(plan, options.ChunkBytes);
        FolderFindings findings = FolderSurvey.Compare(Folder, Layouts, plan.Files);
        if (findings.Conflicts.Length > 0 && !options.Force)
        {
            throw findings.Refusal(Folder.Directory);
        }

        Superseded = findings.Superseded;
        Files = new ArchiveFiles(Folder, Layouts.Where(layout => !findings.Kept.Contains(layout.Name)), time);
        try
        {
            Warnings = [.. findings.Warnings, .. Look()];
            Kept = KeptArchives.Find(Folder, plan, Layouts, findings.Kept, claim.RolledForward, options.WritesSums);
        }
        catch
        {
            Files.Dispose();
            throw;
        }
    }

    public BundleFolder Folder { get; }

    public MirrorPlan Plan { get; }

    public BundleOptions Options { get; }

    public ImmutableArray<ArchiveLayout> Layouts { get; }

    public KeptArchives Kept { get; }

    public ArchiveFiles Files { get; }

    /// <summary>Unfinished archives of another plan, whose blobs are taken over, by name.</summary>
    public IReadOnlyDictionary<string, EarlierArchive> Earlier => _earlier;

    /// <summary>Files that the plan's archives make untrue and that no rename replaces.</summary>
    public ImmutableArray<string> Superseded { get; }

    /// <summary>What to warn of (D8M6101 to D8M6103).</summary>
    public ImmutableArray<Fault> Warnings { get; }

    /// <summary>
    /// Looks for conflicts and at what earlier runs left, removes what is of no use, checks the space. The claim is
    /// disposed after the bundle; the plan has sizes (<see cref="BundleLayout.WithSizes"/>). Faults: D8M6001, D8M6002,
    /// D8M6004, D8M6005.
    /// </summary>
    public static async Task<PreparedBundle> PrepareAsync(
        FolderClaim claim, MirrorPlan plan, BundleOptions options, TimeProvider time)
    {
        using DiskThread thread = new("bundle preparation");
        return await thread.RunAsync(() => new PreparedBundle(claim, plan, options, time)).ConfigureAwait(false);
    }

    /// <summary>
    /// Closes the archives. Without a commit only <c>.part</c> files and their journals remain, for the next run.
    /// </summary>
    public void Dispose() => Files.Dispose();

    private ImmutableArray<Fault> Look()
    {
        HashSet<string> useful = new(StringComparer.Ordinal);
        if (Options.Resume)
        {
            int mostParts = Folder.List().Count;
            foreach (ArchiveFile file in Files.All)
            {
                useful.UnionWith(Look(file, mostParts));
            }
        }

        return [.. LeftoverFiles.Remove(Folder, Plan, Layouts, useful), .. DemandSpace()];
    }

    private IEnumerable<string> Look(ArchiveFile file, int mostParts)
    {
        string name = file.Layout.Name;
        EarlierArchive? aside = EarlierArchive.Read(Folder, BundleNames.Aside(name), mostParts);
        if (!Folder.Exists(BundleNames.Journal(name)))
        {
            aside = aside?.SetAside(Folder);
        }

        EarlierArchive? current = EarlierArchive.Read(Folder, name, mostParts);
        if (current is not null && !current.Fits(file.Layout) && current.IsWhole(Folder))
        {
            aside = current;
        }

        IEnumerable<string> useful = [];
        if (aside?.IsWhole(Folder) == true)
        {
            _earlier.Add(name, aside);
            useful = aside.FileNames;
        }

        return current is not null && current.Fits(file.Layout) && file.TryResume(current.Journal)
            ? useful.Concat(current.FileNames)
            : useful;
    }

    private ImmutableArray<Fault> DemandSpace()
    {
        List<ArchiveLayout> created = [.. Files.All.Where(file => !file.IsResumed).Select(file => file.Layout)];
        long small = Plan.Files.Sum(file => file.Bytes)
            + ((long)Plan.ImageCount * InventoryBytesPerImage)
            + Files.All.Sum(file => (long)file.Layout.Entries.Length * JournalBytesPerEntry);
        if (_earlier.Count == 0 || SpaceCheck.HasRoom(Folder.Disk, Folder.Directory, PeakBytes() + small))
        {
            SpaceCheck.Demand(Folder.Disk, Folder.Directory, PeakBytes() + small, created);
            return [];
        }

        long freed = _earlier.Values.Sum(archive => archive.Bytes);
        long least = Math.Max(0, created.Sum(layout => layout.Length) + small - freed);
        SpaceCheck.Demand(Folder.Disk, Folder.Directory, least, created);
        ImmutableArray<string> dropped = [.. _earlier.Keys.Order(StringComparer.Ordinal)];
        foreach (EarlierArchive archive in _earlier.Values)
        {
            archive.Delete(Folder);
        }

        _earlier.Clear();
        return [BundleFaults.NoRoomToKeep(Folder.Directory, dropped)];
    }

    /// <summary>The most that is needed at once, while old archives make room one by one.</summary>
    private long PeakBytes()
    {
        long now = 0;
        long peak = 0;
        foreach (ArchiveFile file in Files.All)
        {
            now += file.IsResumed ? 0 : file.Layout.Length;
            peak = Math.Max(peak, now);
            now -= _earlier.TryGetValue(file.Layout.Name, out EarlierArchive? earlier) ? earlier.Bytes : 0;
        }

        return peak;
    }
}
