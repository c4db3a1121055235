using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Kit;

/// <summary>
/// A disk whose renames, deletions and folder flushes take a while once a commit has begun, as on a network volume: a
/// commit is over too soon to be met otherwise. Everything is really done.
/// </summary>
internal sealed class SlowDisk(IDisk inner, TimeSpan pause) : IDisk, IDisposable
{
    private readonly ManualResetEventSlim _never = new();

    public string BootId => inner.BootId;

    public IDiskFile Create(string path, long length) => inner.Create(path, length);

    public IDiskFile OpenRead(string path) => inner.OpenRead(path);

    public IDiskFile OpenWrite(string path) => inner.OpenWrite(path);

    public IDiskFile OpenExclusive(string path) => inner.OpenExclusive(path);

    public bool IsLink(string path) => inner.IsLink(path);

    public DateTime WrittenAt(string path) => inner.WrittenAt(path);

    public string RealFolder(string directory) => inner.RealFolder(directory);

    public bool FileExists(string path) => inner.FileExists(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public IReadOnlyList<string> List(string directory) => inner.List(directory);

    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public void CreatePrivateDirectory(string path) => inner.CreatePrivateDirectory(path);

    public string? ForeignFolder(string path) => inner.ForeignFolder(path);

    public void Rename(string path, string newPath)
    {
        inner.Rename(path, newPath);
        Pause(path);
    }

    public void Delete(string path)
    {
        Pause(path);
        inner.Delete(path);
    }

    public void DeleteEmptyDirectory(string path) => inner.DeleteEmptyDirectory(path);

    public void FlushDirectory(string path)
    {
        inner.FlushDirectory(path);
        Pause(Path.Combine(path, "."));
    }

    public DiskSpace SpaceAt(string directory) => inner.SpaceAt(directory);

    public void Dispose() => _never.Dispose();

    private void Pause(string path)
    {
        if (inner.FileExists(Path.Combine(Path.GetDirectoryName(path)!, BundleNames.Commit)))
        {
            _never.Wait(pause);
        }
    }
}
