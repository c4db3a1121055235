using System.Collections.Immutable;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles;

/// <summary>Finds the archives of a bundle: those of a folder, single files, chunk sets. Opens nothing.</summary>
internal sealed class BundleSet(IDisk disk)
{
    private readonly Dictionary<string, ImmutableArray<string>> _listings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StoredArchive> _archives = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];

    /// <summary>Finds them.</summary>
    /// <param name="directory">A folder; empty: none.</param>
    /// <param name="files">Archives, or any chunks of sets.</param>
    /// <exception cref="MirrorException">D8M6005 and D8M6009 to D8M6013, all at once.</exception>
    public ImmutableArray<StoredArchive> Find(string? directory, ImmutableArray<string> files)
    {
        if (!string.IsNullOrEmpty(directory))
        {
            AddFolder(directory);
        }

        foreach (string file in files)
        {
            AddFile(file);
        }

        if (_archives.Count == 0 && _faults.Count == 0)
        {
            _faults.Add(BundleFaults.NoArchives(directory ?? string.Join(", ", files)));
        }

        return _faults.Count > 0
            ? throw new MirrorException([.. _faults])
            : [.. _archives.Values.OrderBy(archive => archive.Name, StringComparer.Ordinal)];
    }

    private void AddFolder(string directory)
    {
        // A single archive where a folder is expected is meant as what it is.
        if (!disk.DirectoryExists(directory) && disk.FileExists(directory))
        {
            AddFile(directory);
            return;
        }

        if (!disk.DirectoryExists(directory))
        {
            _faults.Add(BundleFaults.NoFolder(directory));
            return;
        }

        if (disk.FileExists(Path.Combine(directory, BundleNames.Commit)))
        {
            _faults.Add(BundleFaults.Unfinished(directory));
        }

        ImmutableArray<string> names = List(directory);
        foreach (string archive in names.Select(BundleNames.ArchiveOf).OfType<string>().Distinct())
        {
            Add(directory, archive);
        }

        foreach (string name in names)
        {
            AddOdd(directory, name);
        }
    }

    /// <summary>What looks like an archive and is none must not be passed over: somebody may rely on it.</summary>
    private void AddOdd(string directory, string name)
    {
        if (ChunkName.IsPhantom(name))
        {
            _faults.Add(BundleFaults.PhantomChunk(name));
        }
        else if ((BundleNames.StagedArchive(name) ?? BundleNames.JournalledBy(name)) is { } staged
            && !_archives.ContainsKey(Path.Combine(directory, staged)))
        {
            _faults.Add(BundleFaults.Staged(name));
        }
        else if (name.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) && BundleNames.ArchiveOf(name) is null)
        {
            _faults.Add(BundleFaults.NoArchiveName(name));
        }
    }

    private void AddFile(string file)
    {
        string name = Path.GetFileName(file);
        string directory = Path.GetDirectoryName(file) ?? "";
        if (ChunkName.IsPhantom(name))
        {
            _faults.Add(BundleFaults.PhantomChunk(file));
        }
        else if (BundleNames.ArchiveOf(name) is not { } archive)
        {
            _faults.Add(BundleFaults.NoArchiveName(file));
        }
        else if (!disk.FileExists(file))
        {
            _faults.Add(BundleFaults.NoFile(file));
        }
        else
        {
            Add(directory, archive);
        }
    }

    private void Add(string directory, string archive)
    {
        if (_archives.ContainsKey(Path.Combine(directory, archive)))
        {
            return;
        }

        ImmutableArray<string> names = List(directory);
        ImmutableArray<ChunkName> chunks = [.. names
            .Select(ChunkName.Parse).OfType<ChunkName>()
            .Where(chunk => chunk.Archive == archive)
            .OrderBy(chunk => chunk.Number)];
        bool isWhole = names.Contains(archive) && disk.FileExists(Path.Combine(directory, archive));
        if (isWhole && chunks.Length > 0)
        {
            _faults.Add(BundleFaults.Ambiguous(archive, chunks.Length));
        }
        else if (isWhole)
        {
            Keep(new StoredArchive(archive, directory, [archive]));
        }
        else if (chunks.Length > 0)
        {
            AddChunks(directory, archive, chunks);
        }
    }

    private void AddChunks(string directory, string archive, ImmutableArray<ChunkName> chunks)
    {
        HashSet<int> numbers = [.. chunks.Select(chunk => chunk.Number)];
        ImmutableArray<int> missing = [.. Enumerable.Range(0, chunks[^1].Number).Where(n => !numbers.Contains(n))];
        if (missing.Length > 0)
        {
            _faults.Add(BundleFaults.ChunksMissing(archive, missing));
        }
        else
        {
            Keep(new StoredArchive(archive, directory, [.. chunks.Select(chunk => chunk.FileName)]));
        }
    }

    private void Keep(StoredArchive archive)
    {
        StoredArchive? twin = _archives.Values.FirstOrDefault(known => known.Name == archive.Name);
        if (twin is not null && disk.RealFolder(twin.Directory) == disk.RealFolder(archive.Directory))
        {
            return;
        }

        if (twin is not null)
        {
            _faults.Add(BundleFaults.TwoOfOneName(archive.Name, twin.Directory, archive.Directory));
        }

        _archives.TryAdd(archive.PathOf(archive.Name), archive);
    }

    private ImmutableArray<string> List(string directory)
    {
        if (!_listings.TryGetValue(directory, out ImmutableArray<string> names))
        {
            try
            {
                names = [.. disk.List(directory)];
            }
            catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
            {
                throw DiskFaults.Of(exception, directory, "listed");
            }

            _listings.Add(directory, names);
        }

        return names;
    }
}
