using System.Collections.Concurrent;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The real disk, with a word to say before every operation that changes something.</summary>
internal sealed class ScriptedDisk(IDisk inner) : IDisk
{
    private readonly ConcurrentDictionary<IDiskFile, string> _open = [];

    /// <summary>The paths of the files that are open for writing or as a lock.</summary>
    public IEnumerable<string> Open => _open.Values;

    /// <summary>Called with the operation and the path before each change; throws to fail it.</summary>
    public Action<string, string> Before { get; set; } = (_, _) => { };

    /// <summary>Called with the path before something is read of a file that is open for writing.</summary>
    public Action<string> BeforeRead { get; init; } = _ => { };

    /// <summary>Called with the path before it is looked whether something is there.</summary>
    public Action<string> BeforeLook { get; init; } = _ => { };

    /// <summary>
    /// Whether flushes reach the disk. A process that stops loses nothing unflushed, so sweeps over stops go without.
    /// </summary>
    public bool Flushes { get; init; } = true;

    public Func<string, DiskSpace>? Space { get; set; }

    public string BootId { get; init; } = inner.BootId;

    /// <summary>What is given in place of a file that is opened for reading.</summary>
    public Func<IDiskFile, IDiskFile> Opened { get; init; } = file => file;

    /// <summary>The names that a folder is said to hold, if not those that it does.</summary>
    public Func<string, IReadOnlyList<string>>? Names { get; init; }

    public IDiskFile Create(string path, long length)
    {
        Before("create", path);
        return Opening(path, inner.Create(path, length));
    }

    public IDiskFile OpenRead(string path) => Opened(inner.OpenRead(path));

    public IDiskFile OpenWrite(string path) => Opening(path, inner.OpenWrite(path));

    public IDiskFile OpenExclusive(string path)
    {
        Before("lock", path);
        return Opening(path, inner.OpenExclusive(path));
    }

    public bool IsLink(string path) => inner.IsLink(path);

    public DateTime WrittenAt(string path) => inner.WrittenAt(path);

    public string RealFolder(string directory) => inner.RealFolder(directory);

    public bool FileExists(string path)
    {
        BeforeLook(path);
        return inner.FileExists(path);
    }

    public bool DirectoryExists(string path)
    {
        BeforeLook(path);
        return inner.DirectoryExists(path);
    }

    public IReadOnlyList<string> List(string directory) =>
        Names?.Invoke(directory) ?? inner.List(directory);

    public void CreateDirectory(string path)
    {
        Before("folder", path);
        inner.CreateDirectory(path);
    }

    public void CreatePrivateDirectory(string path)
    {
        Before("folder", path);
        inner.CreatePrivateDirectory(path);
    }

    public string? ForeignFolder(string path) => inner.ForeignFolder(path);

    public void Rename(string path, string newPath)
    {
        Before("rename", path);
        inner.Rename(path, newPath);
    }

    public void Delete(string path)
    {
        Before("delete", path);
        inner.Delete(path);
    }

    public void DeleteEmptyDirectory(string path)
    {
        Before("delete", path);
        inner.DeleteEmptyDirectory(path);
    }

    public void FlushDirectory(string path)
    {
        Before("flush-folder", path);
        if (Flushes)
        {
            inner.FlushDirectory(path);
        }
    }

    public DiskSpace SpaceAt(string directory) => Space?.Invoke(directory) ?? inner.SpaceAt(directory);

    private ScriptedFile Opening(string path, IDiskFile file)
    {
        ScriptedFile opened = new(this, path, file);
        _open[opened] = path;
        return opened;
    }

    private sealed class ScriptedFile(ScriptedDisk disk, string path, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public string Identity => file.Identity;

        public void Write(ReadOnlySpan<byte> content, long offset)
        {
            disk.Before("write", path);
            file.Write(content, offset);
        }

        public int Read(Span<byte> buffer, long offset)
        {
            disk.BeforeRead(path);
            return file.Read(buffer, offset);
        }

        public void Flush()
        {
            disk.Before("flush", path);
            if (disk.Flushes)
            {
                file.Flush();
            }
        }

        public void Close()
        {
            disk.Before("close", path);
            file.Close();
        }

        public void Dispose()
        {
            file.Dispose();
            disk._open.TryRemove(this, out _);
        }
    }
}
