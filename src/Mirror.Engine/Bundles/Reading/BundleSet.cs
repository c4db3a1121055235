using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>
/// Finds the archives of a bundle: those of a folder, single files, chunk sets. Opens none of them.
/// </summary>
internal sealed class BundleSet(IDisk disk)
{
    private readonly Dictionary<string, FolderListing> _listings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredArchive> _archives = new(StringComparer.Ordinal);
    private readonly HashSet<(string Directory, string Archive)> _looked = [];
    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _warnings = [];

    /// <summary>What a user should know of the folder (D8M6040, D8M6041).</summary>
    public IReadOnlyList<Fault> Warnings => _warnings;

    /// <summary>
    /// Finds the archives of a folder (empty: none) and of single files, which may be any chunks of sets.
    /// </summary>
    /// <exception cref="MirrorException">D8M6005, D8M6009 to D8M6013 and D8M6018, all at once.</exception>
    public ImmutableArray<StoredArchive> Find(
        string? directory, ImmutableArray<string> files, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(directory))
        {
            AddFolder(directory, cancellationToken);
        }

        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddFile(file);
        }

        if (_archives.Count == 0 && _faults.Count == 0)
        {
            _faults.Add(BundleFaults.NoArchives(directory ?? string.Join(", ", files)));
        }

        return _faults.Count > 0 ? throw new MirrorException(BundleFaults.Told(_faults)) : InOrder();
    }

    /// <summary>Finds those archives of a folder that are there as a whole, whatever lies beside them.</summary>
    /// <exception cref="MirrorException">D8M6005: the folder cannot be listed.</exception>
    public ImmutableArray<StoredArchive> FindWhole(string directory, CancellationToken cancellationToken)
    {
        AddArchives(directory, cancellationToken);
        return InOrder();
    }

    private ImmutableArray<StoredArchive> InOrder() =>
        [.. _archives.Values.OrderBy(archive => archive.Name, StringComparer.Ordinal)];

    private void AddFolder(string directory, CancellationToken cancellationToken)
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

        AddArchives(directory, cancellationToken);
        StrayFiles strays = new(disk, directory, List(directory));
        strays.Look(
            _archives.Values.Where(archive => archive.Directory == directory).Select(archive => archive.Name)
                .ToHashSet(StringComparer.Ordinal),
            cancellationToken);
        _faults.AddRange(strays.Faults);
        _warnings.AddRange(strays.Warnings);
    }

    private void AddArchives(string directory, CancellationToken cancellationToken)
    {
        foreach (string archive in List(directory).Archives)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(directory, archive);
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
            _faults.Add(disk.DirectoryExists(file) ? StrayFaults.NotAFile(file) : BundleFaults.NoFile(file));
        }
        else
        {
            Add(directory, archive);
        }
    }

    private void Add(string directory, string archive)
    {
        if (!_looked.Add((directory, archive)))
        {
            return;
        }

        FolderListing listing = List(directory);
        ImmutableArray<ChunkName> chunks = listing.ChunksOf(archive);
        string path = Path.Combine(directory, archive);
        bool isFile = listing.Contains(archive) && disk.FileExists(path);
        if (listing.Contains(archive) && !isFile && !disk.DirectoryExists(path))
        {
            _faults.Add(StrayFaults.NotAFile(archive));
        }
        else if (isFile && chunks.Length > 0)
        {
            _faults.Add(BundleFaults.Ambiguous(archive, chunks.Length));
        }
        else if (isFile)
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
        if (_archives.TryAdd(archive.Name, archive))
        {
            return;
        }

        StoredArchive twin = _archives[archive.Name];
        if (disk.RealFolder(twin.Directory) != disk.RealFolder(archive.Directory))
        {
            _faults.Add(BundleFaults.TwoOfOneName(archive.Name, twin.Directory, archive.Directory));
        }
    }

    private FolderListing List(string directory)
    {
        if (!_listings.TryGetValue(directory, out FolderListing? listing))
        {
            _listings.Add(directory, listing = FolderListing.List(disk, directory));
        }

        return listing;
    }
}
