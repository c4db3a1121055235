using Microsoft.Win32.SafeHandles;
using static Mirror.Engine.Disk.DiskException;

namespace Mirror.Engine.Disk;

internal sealed class PhysicalDisk : IDisk
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    public string BootId
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() && File.Exists(LinuxBootId)
                    ? File.ReadAllText(LinuxBootId).Trim()
                    : "";
            }
            catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
            {
                return "";
            }
        }
    }

    public IDiskFile Create(string path, long length) => Guard(path, () => FileOpening.New(path, length));

    public IDiskFile OpenRead(string path) =>
        Guard(path, () => new PhysicalFile(FileOpening.Existing(path, forWriting: false), path));

    public IDiskFile OpenWrite(string path) =>
        Guard(path, () => new PhysicalFile(FileOpening.Existing(path, forWriting: true), path));

    public IDiskFile OpenExclusive(string path) =>
        Guard(path, () => new PhysicalFile(FileOpening.Exclusive(path), path, isLocked: true));

    public bool FileExists(string path) => Guard(path, () => FileOpening.IsFile(path));

    public bool DirectoryExists(string path) => Guard(path, () => FileOpening.IsFolder(path));

    public bool IsLink(string path) => Guard(path, () => FileOpening.IsLink(path));

    public DateTime WrittenAt(string path) => Guard(path, () => File.GetLastWriteTimeUtc(path));

    public string RealFolder(string directory) => Guard(directory, () => WithoutLinks(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, Path.GetPathRoot(directory)!))));

    public IReadOnlyList<string> List(string directory) => Guard(directory, () =>
    {
        IEnumerable<string> paths = Directory.EnumerateFileSystemEntries(directory);
        List<string> names = [.. paths.Select(path => Path.GetFileName(path))];
        names.Sort(StringComparer.Ordinal);
        return names;
    });

    public void CreateDirectory(string path) => Guard(path, () => Directory.CreateDirectory(path));

    public void CreatePrivateDirectory(string path) => Guard(path, () => PrivateFolder.Create(path));

    public string? ForeignFolder(string path) => Guard(path, () => PrivateFolder.WhyForeign(path));

    /// <summary>
    /// The framework would copy, unflushed, where a rename cannot be done. Some network shares rename only to a name
    /// that is free; a commit that stops in between is rolled forward.
    /// </summary>
    public void Rename(string path, string newPath) => Guard(path, () =>
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(path, newPath, overwrite: true);
        }
        else
        {
            int error = UnixCalls.Rename(path, newPath);
            if (error == DiskError.Exists)
            {
                File.Delete(newPath);
                error = UnixCalls.Rename(path, newPath);
            }

            DiskException.ThrowIf(error, path);
        }
    });

    public void Delete(string path) => Guard(path, () =>
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // No folder, so no file: as asked.
        }
    });

    public void DeleteEmptyDirectory(string path) => Guard(path, () =>
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    });

    /// <summary>
    /// Windows makes renames durable by itself and has no folder flush. Nor have some file systems; what they lack they
    /// say by one of a few numbers, and any other is a failure.
    /// </summary>
    public void FlushDirectory(string path) => Guard(path, () =>
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int error = UnixCalls.Open(path, forWriting: false, out SafeFileHandle handle);
        using (handle)
        {
            error = error == 0 ? UnixCalls.Flush(handle) : error;
        }

        DiskException.ThrowIf(HasNoFolderFlush(error) ? 0 : error, path);
    });

    public DiskSpace SpaceAt(string directory) => Guard(directory, () =>
    {
        string existing = directory;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        string real = WithoutLinks(existing);
        string volume = DriveInfo.GetDrives()
            .Select(drive => drive.Name)
            .Where(name => Contains(name, real))
            .MaxBy(name => name.Length) ?? Path.GetPathRoot(real)!;
        return new DiskSpace(volume, new DriveInfo(OperatingSystem.IsWindows() ? volume : real).AvailableFreeSpace);
    });

    private static bool HasNoFolderFlush(int error) =>
        error is DiskError.Invalid or DiskError.ReadOnly or DiskError.BadDescriptor or DiskError.IsFolder
            or DiskError.AccessDenied or DiskError.NotPermitted
        || error == DiskError.NotSupported || error == DiskError.SocketNotSupported
        || error == DiskError.NotImplemented;

    private static bool Contains(string mount, string path)
    {
        StringComparison comparison =
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.StartsWith(mount, comparison)
            && (Path.EndsInDirectorySeparator(mount)
                || path.Length == mount.Length
                || path[mount.Length] == Path.DirectorySeparatorChar);
    }

    /// <summary>A mount point is found by prefix, so every linked folder on the way must be its target.</summary>
    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string real = Path.Combine(WithoutLinks(parent), Path.GetFileName(path));
        return Directory.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
    }
}
