using Mirror.Engine.Disk;

namespace Mirror.Engine.Tests.Kit;

/// <summary>A disk on which some folders are read-only, as on a mounted medium, whoever runs the tests.</summary>
internal sealed class ReadOnlyFolders(IDisk inner, params string[] folders) : IDisk
{
    public string BootId => inner.BootId;

    public IDiskFile Create(string path, long length) => inner.Create(Writable(path), length);

    public IDiskFile OpenRead(string path) => inner.OpenRead(path);

    public IDiskFile OpenWrite(string path) => inner.OpenWrite(Writable(path));

    public IDiskFile OpenExclusive(string path) => inner.OpenExclusive(Writable(path));

    public bool IsLink(string path) => inner.IsLink(path);

    public DateTime WrittenAt(string path) => inner.WrittenAt(path);

    public string RealFolder(string directory) => inner.RealFolder(directory);

    public bool FileExists(string path) => inner.FileExists(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public IReadOnlyList<string> List(string directory) => inner.List(directory);

    public void CreateDirectory(string path) => inner.CreateDirectory(Writable(path));

    public void CreatePrivateDirectory(string path) => inner.CreatePrivateDirectory(Writable(path));

    public string? ForeignFolder(string path) => inner.ForeignFolder(path);

    public void Rename(string path, string newPath) => inner.Rename(Writable(path), Writable(newPath));

    public void Delete(string path) => inner.Delete(Writable(path));

    public void DeleteEmptyDirectory(string path) => inner.DeleteEmptyDirectory(Writable(path));

    public void FlushDirectory(string path) => inner.FlushDirectory(Writable(path));

    public DiskSpace SpaceAt(string directory) => inner.SpaceAt(directory);

    private string Writable(string path) =>
        folders.Any(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal))
            ? throw new UnauthorizedAccessException($"Read-only file system: {path}")
            : path;
}
