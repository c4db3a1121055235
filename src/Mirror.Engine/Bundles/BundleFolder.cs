using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles;

/// <summary>
/// The folder of a bundle: files by name, failures as faults that name the file, and a count of every byte written.
/// </summary>
internal sealed class BundleFolder(IDisk disk, string directory)
{
    /// <summary>Inventories grow with their images; beyond this a file is not ours.</summary>
    private const int LargestDocument = 256 * 1024 * 1024;

    private long _bytesWritten;

    public IDisk Disk => disk;

    public string Directory => directory;

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public string PathOf(string name) => Path.Combine(directory, name);

    public void CountWritten(long bytes) => Interlocked.Add(ref _bytesWritten, bytes);

    /// <summary>Creates the folder if it is not there; a file in its place is a fault.</summary>
    public void Ensure()
    {
        RefuseFile();
        Guard(directory, "created", () => disk.CreateDirectory(directory));
    }

    /// <summary>A file in the place of the folder is a fault.</summary>
    public void RefuseFile()
    {
        if (disk.FileExists(directory))
        {
            throw new MirrorException(new Fault(
                FaultCode.BundleNotDirectory,
                $"The bundle folder '{directory}' is a file.",
                $"Set {SettingName.BundleDirectory} to a folder; it is created if it does not exist."));
        }
    }

    public bool Exists(string name) => Guard(PathOf(name), "looked for", () => disk.FileExists(PathOf(name)));

    public IReadOnlyList<string> List() => Guard(directory, "listed", () => disk.List(directory));

    /// <summary>The content of a small file; <see langword="null"/> when there is none or it is too large.</summary>
    public byte[]? Read(string name) => !Exists(name) ? null : Guard(PathOf(name), "read", () =>
    {
        using IDiskFile file = disk.OpenRead(PathOf(name));
        if (file.Length > LargestDocument)
        {
            return null;
        }

        byte[] content = new byte[file.Length];
        int count = file.ReadFully(content, 0);
        return count == content.Length ? content : content[..count];
    });

    /// <summary>The length of a file, or -1 when there is none.</summary>
    public long LengthOf(string name) => !Exists(name) ? -1 : Guard(PathOf(name), "opened", () =>
    {
        using IDiskFile file = disk.OpenRead(PathOf(name));
        return file.Length;
    });

    public DateTime WrittenAt(string name) => Guard(PathOf(name), "read", () => disk.WrittenAt(PathOf(name)));

    /// <summary>Writes a small file anew and flushes it.</summary>
    public void WriteDurably(string name, byte[] content) => Guard(
        PathOf(name),
        "written",
        () =>
        {
            disk.Delete(PathOf(name));
            using IDiskFile file = disk.Create(PathOf(name), content.Length);
            file.Write(content, 0);
            CountWritten(content.Length);
            file.Flush();
            file.Close();
        },
        content.Length);

    public IDiskFile Create(string name, long length) =>
        Guard(PathOf(name), "created", () => disk.Create(PathOf(name), length), length);

    public IDiskFile OpenWrite(string name) => Guard(PathOf(name), "opened", () => disk.OpenWrite(PathOf(name)));

    public void Write(IDiskFile file, string name, byte[] content, long offset)
    {
        Guard(PathOf(name), "written", () => file.Write(content, offset));
        CountWritten(content.Length);
    }

    public void Flush(IDiskFile file, string name) => Guard(PathOf(name), "flushed", file.Flush);

    public void Rename(string name, string newName) =>
        Guard(PathOf(name), "renamed", () => disk.Rename(PathOf(name), PathOf(newName)));

    public void Delete(string name) => Guard(PathOf(name), "deleted", () => disk.Delete(PathOf(name)));

    public void Flush() => Guard(directory, "flushed", () => disk.FlushDirectory(directory));

    private void Guard(string path, string action, Action work, long bytes = 0) =>
        DiskFaults.Guard(path, action, work, disk, bytes);

    private T Guard<T>(string path, string action, Func<T> work, long bytes = 0) =>
        DiskFaults.Guard(path, action, work, disk, bytes);
}
