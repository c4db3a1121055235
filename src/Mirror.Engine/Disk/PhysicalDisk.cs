using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>The real file system.</summary>
internal sealed class PhysicalDisk : IDisk
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    public string BootId => OperatingSystem.IsLinux() && File.Exists(LinuxBootId)
        ? File.ReadAllText(LinuxBootId).Trim()
        : "";

    public IDiskFile Create(string path, long length)
    {
        PhysicalFile file = Reserve(path, length);
        try
        {
            // Preallocation reserves blocks but may leave the length at 0.
            file.SetLength(length);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public IDiskFile OpenRead(string path) =>
        new PhysicalFile(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    public IDiskFile OpenWrite(string path) =>
        new PhysicalFile(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

    public IDiskFile OpenExclusive(string path) =>
        new PhysicalFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    public bool FileExists(string path) => File.Exists(path);

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public DateTime WrittenAt(string path) => File.GetLastWriteTimeUtc(path);

    public string RealFolder(string directory) =>
        WithoutLinks(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, Path.GetPathRoot(directory)!)));

    public IReadOnlyList<string> List(string directory)
    {
        IEnumerable<string> paths = Directory.EnumerateFileSystemEntries(directory);
        List<string> names = [.. paths.Select(path => Path.GetFileName(path))];
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public void CreatePrivateDirectory(string path) => PrivateFolder.Create(path);

    public string? ForeignFolder(string path) => PrivateFolder.WhyForeign(path);

    public void Rename(string path, string newPath) => File.Move(path, newPath, overwrite: true);

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // No folder, so no file: as asked.
        }
    }

    public void DeleteEmptyDirectory(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    public void FlushDirectory(string path)
    {
        // Windows makes renames durable by itself and has no folder flush.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = new(OpenFolder(path, 0), ownsHandle: true);
        if (handle.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException($"The folder '{path}' cannot be opened.", new Win32Exception(error))
            {
                HResult = error,
            };
        }

        RandomAccess.FlushToDisk(handle);
    }

    public DiskSpace SpaceAt(string directory)
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
    }

    /// <summary>
    /// A preallocation that fails is told by no error number of its own, whether the volume is full or its format holds
    /// no file of that size. Setting the length without reserving tells them apart: it fails for the second only.
    /// </summary>
    private static PhysicalFile Reserve(string path, long length)
    {
        try
        {
            return New(path, length);
        }
        catch (IOException exception) when (exception.HResult == DiskFaults.Unspecific && !File.Exists(path))
        {
            try
            {
                using PhysicalFile probe = New(path, 0);
                probe.SetLength(length);
            }
            finally
            {
                File.Delete(path);
            }

            throw new IOException(exception.Message, DiskFaults.DiskFull);
        }
    }

    private static PhysicalFile New(string path, long reserved) =>
        new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, reserved);

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

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
