using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// A disk in memory whose power can fail: what was not flushed is then lost, kept or torn, write by write and name by
/// name, as a seed says. Folders themselves outlive everything.
/// </summary>
internal sealed class SimulatedDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<(string Directory, Action<SortedDictionary<string, SimulatedFile>> Apply)> _unflushedNames =
        [];
    private SortedDictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private SortedDictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private int _start;
    private int _inodes;
    private long _left = long.MaxValue;

    public string BootId { get; private set; } = "boot 0";

    /// <summary>Whether the flush of a file does what it says; a disk that only claims it loses data.</summary>
    public bool FlushesFiles { get; init; } = true;

    /// <summary>As <see cref="FlushesFiles"/>, of folders.</summary>
    public bool FlushesFolders { get; init; } = true;

    /// <summary>How many operations that change something were begun.</summary>
    public long Operations { get; private set; }

    /// <summary>The machine stops before its next operation but this many.</summary>
    public void StopAfter(long operations) => _left = operations;

    /// <summary>The power fails, if it did not yet, and comes back.</summary>
    /// <param name="seed">Decides what survives of what was not flushed.</param>
    /// <param name="isNewBoot">
    /// Whether the machine itself started anew. Else it was the storage that lost writes: then nothing but the order of
    /// flushes and records keeps the next run from believing too much.
    /// </param>
    public void Restart(int seed, bool isNewBoot)
    {
        lock (_gate)
        {
            Random random = new(seed);

            // By chance alone, nearly all of many changes would never be lost, nor kept.
            double namesKept = Share(random);
            foreach ((_, Action<SortedDictionary<string, SimulatedFile>> apply) in _unflushedNames)
            {
                if (random.NextDouble() < namesKept)
                {
                    apply(_durableNames);
                }
            }

            _unflushedNames.Clear();
            _names = new(_durableNames, StringComparer.Ordinal);
            double writesKept = Share(random);
            foreach (SimulatedFile file in _names.Values.Distinct())
            {
                file.LosePower(random, writesKept);
            }

            _start++;
            _left = long.MaxValue;
            BootId = isNewBoot ? $"boot {_start}" : BootId;
        }
    }

    /// <summary>What programs see now in the folder of the bundle, without the files of the lock.</summary>
    public SortedDictionary<string, byte[]> Files(string directory = "/bundle")
    {
        lock (_gate)
        {
            SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
            foreach ((string path, SimulatedFile file) in _names)
            {
                if (Path.GetDirectoryName(path) == directory
                    && !path.Contains(".d8mirror.lock", StringComparison.Ordinal))
                {
                    files.Add(Path.GetFileName(path), [.. file.Content]);
                }
            }

            return files;
        }
    }

    /// <summary>Puts files there as an earlier run that ended left them.</summary>
    public void Put(IReadOnlyDictionary<string, byte[]> files, string directory = "/bundle")
    {
        CreateDirectory(directory);
        foreach ((string name, byte[] content) in files)
        {
            string path = Path.Combine(directory, name);
            SimulatedFile file = new(_inodes++);
            file.Write([.. content], 0);
            file.Flush();
            _names[path] = _durableNames[path] = file;
        }
    }

    public IDiskFile Create(string path, long length) => Change(() =>
    {
        if (_names.ContainsKey(path))
        {
            throw new IOException($"{path} is there.");
        }

        SimulatedFile file = new(_inodes++);
        file.SetLength(length);
        ChangeNames(path, names => names[path] = file);
        return new Handle(this, file);
    });

    public IDiskFile OpenRead(string path) => Look(() => new Handle(this, Find(path)));

    public IDiskFile OpenWrite(string path) => OpenRead(path);

    public IDiskFile OpenExclusive(string path) => FileExists(path) ? OpenRead(path) : Create(path, 0);

    /// <summary>A clock that ticks with each operation.</summary>
    public DateTime WrittenAt(string path) => Look(() => new DateTime(Find(path).ChangedBy, DateTimeKind.Utc));

    public string RealFolder(string directory) => directory;

    public bool FileExists(string path) => Look(() => _names.ContainsKey(path));

    public bool DirectoryExists(string path) => Look(() => _directories.Contains(path));

    public bool IsLink(string path) => false;

    public IReadOnlyList<string> List(string directory) => Look(() => _names.Keys.Concat(_directories)
        .Where(path => Path.GetDirectoryName(path) == directory)
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal)
        .ToList());

    public void CreateDirectory(string path)
    {
        lock (_gate)
        {
            for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                _directories.Add(folder);
            }
        }
    }

    public void CreatePrivateDirectory(string path) => CreateDirectory(path);

    public string? ForeignFolder(string path) => null;

    public void Rename(string path, string newPath) => Change(() =>
    {
        SimulatedFile file = Find(path);
        ChangeNames(path, names =>
        {
            if (names.Remove(path))
            {
                names[newPath] = file;
            }
        });
        return true;
    });

    public void Delete(string path) => Change(() =>
    {
        ChangeNames(path, names => names.Remove(path));
        return true;
    });

    public void DeleteEmptyDirectory(string path)
    {
        if (List(path).Count == 0)
        {
            _directories.Remove(path);
        }
    }

    public void FlushDirectory(string path) => Change(() =>
    {
        if (FlushesFolders)
        {
            _unflushedNames.FindAll(change => change.Directory == path).ForEach(change => change.Apply(_durableNames));
            _unflushedNames.RemoveAll(change => change.Directory == path);
        }

        return true;
    });

    public DiskSpace SpaceAt(string directory) => new("memory", long.MaxValue / 2);

    /// <summary>How much of what was not flushed is kept: all of it, nothing, or each change by chance.</summary>
    private static double Share(Random random) => random.Next(4) switch { 0 => 0, 1 => 1, _ => 0.5 };

    private void ChangeNames(string path, Action<SortedDictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unflushedNames.Add((Path.GetDirectoryName(path)!, change));
    }

    private SimulatedFile Find(string path) =>
        _names.TryGetValue(path, out SimulatedFile? file) ? file : throw new FileNotFoundException(path);

    private T Look<T>(Func<T> work)
    {
        lock (_gate)
        {
            return _left < 0 ? throw new SimulatedCrashException() : work();
        }
    }

    private T Change<T>(Func<T> work)
    {
        lock (_gate)
        {
            if (--_left < 0)
            {
                throw new SimulatedCrashException();
            }

            Operations++;
            return work();
        }
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedFile file) : IDiskFile
    {
        private readonly int _start = disk._start;

        public long Length => disk.Look(() => file.Content.LongLength);

        public string Identity => $"inode {file.Inode}";

        public void Write(ReadOnlySpan<byte> content, long offset)
        {
            byte[] bytes = content.ToArray();
            Change(() =>
            {
                file.Write(bytes, offset);
                file.ChangedBy = disk.Operations;
            });
        }

        public int Read(Span<byte> buffer, long offset)
        {
            byte[] content = disk.Look(() => file.Content);
            int count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
            content.AsSpan((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
            return count;
        }

        public void Flush() => Change(() =>
        {
            if (disk.FlushesFiles)
            {
                file.Flush();
            }
        });

        public void Dispose()
        {
        }

        private void Change(Action work) => disk.Change(() =>
        {
            // A handle of the time before the power failed.
            if (_start != disk._start)
            {
                throw new SimulatedCrashException();
            }

            work();
            return true;
        });
    }
}
