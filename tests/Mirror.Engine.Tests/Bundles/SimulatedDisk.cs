using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// One folder in memory whose power can fail: what was not flushed is then lost, kept or torn, write by write and name
/// by name, as a seed says.
/// </summary>
internal sealed class SimulatedDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly List<Action<SortedDictionary<string, SimulatedFile>>> _unflushedNames = [];
    private SortedDictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private SortedDictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private int _start;
    private int _inodes;
    private long _left = long.MaxValue;

    public string BootId { get; private set; } = "boot 0";

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
            foreach (Action<SortedDictionary<string, SimulatedFile>> change in _unflushedNames)
            {
                if (random.Next(2) == 0)
                {
                    change(_durableNames);
                }
            }

            _unflushedNames.Clear();
            _names = new(_durableNames, StringComparer.Ordinal);
            foreach (SimulatedFile file in _names.Values.Distinct())
            {
                file.LosePower(random);
            }

            _start++;
            _left = long.MaxValue;
            BootId = isNewBoot ? $"boot {_start}" : BootId;
        }
    }

    /// <summary>What programs see now, without the files of the lock.</summary>
    public SortedDictionary<string, byte[]> Files()
    {
        lock (_gate)
        {
            SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
            foreach ((string path, SimulatedFile file) in _names)
            {
                if (!path.Contains(".d8mirror.lock", StringComparison.Ordinal))
                {
                    files.Add(Path.GetFileName(path), [.. file.Content]);
                }
            }

            return files;
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
        Rename(names => names[path] = file);
        return new Handle(this, file);
    });

    public IDiskFile OpenRead(string path) => Look(() => new Handle(this, Find(path)));

    public IDiskFile OpenWrite(string path) => OpenRead(path);

    public IDiskFile OpenExclusive(string path) => FileExists(path) ? OpenRead(path) : Create(path, 0);

    public bool FileExists(string path) => Look(() => _names.ContainsKey(path));

    public bool DirectoryExists(string path) => true;

    public IReadOnlyList<string> List(string directory) =>
        Look(() => _names.Keys.Select(path => Path.GetFileName(path)).ToList());

    public void CreateDirectory(string path)
    {
    }

    public void Rename(string path, string newPath) => Change(() =>
    {
        SimulatedFile file = Find(path);
        Rename(names =>
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
        Rename(names => names.Remove(path));
        return true;
    });

    public void DeleteEmptyDirectory(string path)
    {
    }

    public void FlushDirectory(string path) => Change(() =>
    {
        _durableNames = new(_names, StringComparer.Ordinal);
        _unflushedNames.Clear();
        return true;
    });

    public DiskSpace SpaceAt(string directory) => new("memory", long.MaxValue / 2);

    private void Rename(Action<SortedDictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unflushedNames.Add(change);
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
            Change(() => file.Write(bytes, offset));
        }

        public int Read(Span<byte> buffer, long offset)
        {
            byte[] content = disk.Look(() => file.Content);
            int count = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
            content.AsSpan((int)Math.Min(offset, content.Length), count).CopyTo(buffer);
            return count;
        }

        public void SetLength(long length) => Change(() => file.SetLength(length));

        public void Flush() => Change(file.Flush);

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
