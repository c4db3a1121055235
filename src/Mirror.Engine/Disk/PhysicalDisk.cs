using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>The real file system.</summary>
internal sealed class PhysicalDisk : IDisk
{
    /// <summary>What an <see cref="IOException"/> has when nobody gave it a number (COR_E_IO).</summary>
    private const int NoErrorNumber = unchecked((int)0x80131620);

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

    public IReadOnlyList<string> List(string directory)
    {
        List<string> names = [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path))];
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

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

    private static PhysicalFile Reserve(string path, long length)
    {
        try
        {
            return new PhysicalFile(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, length);
        }
        catch (IOException exception) when (exception.HResult == NoErrorNumber
            && exception.Message.Contains("disk was full", StringComparison.Ordinal))
        {
            // On Unix the framework tells a failed reservation by its text alone; on all others by this number.
            throw new IOException(exception.Message, exception) { HResult = DiskFaults.DiskFull };
        }
    }

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
