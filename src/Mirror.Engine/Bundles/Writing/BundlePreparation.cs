using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Gets the files of the archives ready: goes on with those that an earlier run of this plan left, takes blobs over
/// from those of another plan, reserves the rest.
/// </summary>
internal sealed class BundlePreparation(
    BundleFolder folder,
    MirrorPlan plan,
    ImmutableArray<ArchiveLayout> layouts,
    ImmutableArray<ArchiveFile> files,
    bool resume)
{
    /// <summary>Generous guesses at the sizes of small files, for the check of free space.</summary>
    private const int InventoryBytesPerImage = 1024;
    private const int JournalBytesPerEntry = 160;

    /// <summary>Unfinished archives of another plan, by name.</summary>
    private readonly Dictionary<string, EarlierArchive> _earlier = new(StringComparer.Ordinal);

    /// <summary>
    /// Looks at what is there, removes what is of no use, checks the space. Faults: D8M6001, D8M6004, D8M6005.
    /// </summary>
    /// <returns>Warnings (D8M6102, D8M6103).</returns>
    public ImmutableArray<Fault> Look()
    {
        HashSet<string> useful = new(StringComparer.Ordinal);
        if (resume)
        {
            int mostParts = folder.List().Count;
            foreach (ArchiveFile file in files)
            {
                useful.UnionWith(Look(file, mostParts));
            }
        }

        return [.. LeftoverFiles.Remove(folder, plan, layouts, useful), .. DemandSpace()];
    }

    /// <summary>Opens everything for writing. When it throws, nothing is left behind that is of no use.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        try
        {
            foreach (ArchiveFile file in files.Where(file => file.IsResumed))
            {
                file.Continue(cancellationToken);
            }

            foreach (ArchiveFile file in files)
            {
                Begin(file, cancellationToken);
            }

            folder.Flush();
        }
        catch
        {
            foreach (ArchiveFile file in files)
            {
                file.Abandon();
            }

            throw;
        }
    }

    private IEnumerable<string> Look(ArchiveFile file, int mostParts)
    {
        string name = file.Layout.Name;
        EarlierArchive? aside = EarlierArchive.Read(folder, BundleNames.Aside(name), mostParts);
        if (!folder.Exists(BundleNames.Journal(name)))
        {
            aside = aside?.SetAside(folder);
        }

        EarlierArchive? current = EarlierArchive.Read(folder, name, mostParts);
        if (current is not null && !current.Fits(file.Layout) && current.IsWhole(folder))
        {
            aside = current;
        }

        IEnumerable<string> useful = [];
        if (aside?.IsWhole(folder) == true)
        {
            _earlier.Add(name, aside);
            useful = aside.FileNames;
        }

        return current is not null && current.Fits(file.Layout) && file.TryResume(current.Journal)
            ? useful.Concat(current.FileNames)
            : useful;
    }

    /// <summary>One archive after the other, so that at most one lies there twice.</summary>
    private void Begin(ArchiveFile file, CancellationToken cancellationToken)
    {
        EarlierArchive? earlier = _earlier.GetValueOrDefault(file.Layout.Name);
        if (!file.IsResumed)
        {
            earlier = earlier?.SetAside(folder);
            file.Create(cancellationToken);
        }

        if (earlier is not null)
        {
            ArchiveSalvage.Copy(folder, earlier, file, cancellationToken);
            earlier.Delete(folder);
        }
    }

    private ImmutableArray<Fault> DemandSpace()
    {
        List<ArchiveLayout> created = [.. files.Where(file => !file.IsResumed).Select(file => file.Layout)];
        long small = plan.Files.Sum(file => file.Bytes)
            + ((long)plan.ImageCount * InventoryBytesPerImage)
            + files.Sum(file => (long)file.Layout.Entries.Length * JournalBytesPerEntry);
        if (_earlier.Count == 0 || SpaceCheck.HasRoom(folder.Disk, Need(PeakBytes() + small)))
        {
            SpaceCheck.Demand(folder.Disk, [Need(PeakBytes() + small)], created);
            return [];
        }

        long freed = _earlier.Values.Sum(archive => archive.Bytes);
        SpaceCheck.Demand(
            folder.Disk, [Need(Math.Max(0, created.Sum(layout => layout.Length) + small - freed))], created);
        ImmutableArray<string> dropped = [.. _earlier.Keys.Order(StringComparer.Ordinal)];
        foreach (EarlierArchive archive in _earlier.Values)
        {
            archive.Delete(folder);
        }

        _earlier.Clear();
        return [BundleFaults.NoRoomToKeep(folder.Directory, dropped)];
    }

    private SpaceNeed Need(long bytes) => new(folder.Directory, bytes);

    /// <summary>The most that is needed at once, while old archives make room one by one.</summary>
    private long PeakBytes()
    {
        long now = 0;
        long peak = 0;
        foreach (ArchiveFile file in files)
        {
            now += file.IsResumed ? 0 : file.Layout.Length;
            peak = Math.Max(peak, now);
            now -= _earlier.TryGetValue(file.Layout.Name, out EarlierArchive? earlier) ? earlier.Bytes : 0;
        }

        return peak;
    }
}
