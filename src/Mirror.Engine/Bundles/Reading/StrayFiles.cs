using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>
/// What lies in a bundle folder and is no archive by its name. Nothing that could be one is passed over in silence:
/// somebody may rely on it.
/// </summary>
internal sealed class StrayFiles(IDisk disk, string directory, FolderListing listing)
{
    /// <summary>The first bytes of an AppleDouble file (RFC 1740).</summary>
    private static readonly byte[] AppleDouble = [0, 5, 22, 7];

    private readonly List<Fault> _faults = [];
    private readonly List<string> _unread = [];
    private readonly List<string> _ignored = [];
    private readonly List<string> _orphans = [];

    public IReadOnlyList<Fault> Faults => _faults;

    public IEnumerable<Fault> Warnings
    {
        get
        {
            if (_unread.Count > 0)
            {
                yield return StrayFaults.Unread(directory, _unread);
            }

            if (_orphans.Count > 0)
            {
                yield return StrayFaults.Orphans(directory, _orphans);
            }

            if (_ignored.Count > 0)
            {
                yield return StrayFaults.AppleDoubles(directory, _ignored);
            }
        }
    }

    public void Look(IReadOnlySet<string> archives, CancellationToken cancellationToken)
    {
        foreach (string name in listing.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!archives.Contains(BundleNames.ArchiveOf(name) ?? ""))
            {
                LookAt(name, archives);
            }
        }
    }

    private void LookAt(string name, IReadOnlySet<string> archives)
    {
        if (disk.DirectoryExists(Path.Combine(directory, name)))
        {
            LookInside(name);
        }
        else if (ChunkName.IsPhantom(name))
        {
            _faults.Add(BundleFaults.PhantomChunk(name));
        }
        else if ((BundleNames.StagedArchive(name) ?? BundleNames.JournalledBy(name)) is { } staged)
        {
            if (!archives.Contains(staged))
            {
                _faults.Add(BundleFaults.Staged(name));
            }
        }
        else
        {
            Judge(name, archives);
        }
    }

    private void Judge(string name, IReadOnlySet<string> archives)
    {
        FolderName judged = FolderName.Judge(name);
        if (judged.Kind == FolderNameKind.AppleDouble && listing.Contains(judged.Of!) && IsAppleDouble(name))
        {
            _ignored.Add(name);
        }
        else if (judged.Kind is FolderNameKind.Suspect or FolderNameKind.AppleDouble)
        {
            _faults.Add(StrayFaults.Suspect(name, judged.Seems));
        }
        else if (judged.Kind == FolderNameKind.Doubtful)
        {
            _unread.Add(name);
        }
        else if (judged is { Kind: FolderNameKind.Companion, Of: { } of }
            && BundleNames.ArchiveOf(of) is { } archive
            && !archives.Contains(archive)
            && BundleNames.InventoriedBy(name) is null)
        {
            _orphans.Add(name);
        }
    }

    /// <summary>Folders are not read; one that could hold archives is named. Hidden ones are of other tools.</summary>
    private void LookInside(string name)
    {
        if (FolderName.Judge(name).Kind is FolderNameKind.Archive or FolderNameKind.Suspect)
        {
            _unread.Add(name + "/");
        }
        else if (!name.StartsWith('.')
            && Names(Path.Combine(directory, name)).FirstOrDefault(file => BundleNames.ArchiveOf(file) is not null)
                is { } archive)
        {
            _unread.Add($"{name}/{archive}");
        }
    }

    private IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return disk.List(folder);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            // Only the system may look into its own folders on a volume, as lost+found.
            return [];
        }
    }

    private bool IsAppleDouble(string name)
    {
        try
        {
            using IDiskFile file = disk.OpenRead(Path.Combine(directory, name));
            byte[] start = new byte[AppleDouble.Length];
            return file.Read(start, 0) == start.Length && start.AsSpan().SequenceEqual(AppleDouble);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            return false;
        }
    }
}
