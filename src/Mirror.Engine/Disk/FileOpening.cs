using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>The one place where files of the real disk are opened and created.</summary>
internal static class FileOpening
{
    private const int TypeBits = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    /// <summary>Whether preallocation can tell its error number; the framework keeps it to itself.</summary>
    private static bool ReservesItself => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>
    /// Opens a file that is there. What it is gets looked at first: opening a device can do something, and opening a
    /// pipe waits for whoever writes to it, for ever if need be.
    /// </summary>
    public static SafeFileHandle Existing(string path, bool forWriting)
    {
        if (OperatingSystem.IsWindows())
        {
            return forWriting
                ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)
                : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        DiskException.ThrowIf(UnixCalls.ModeOf(path, out int mode), path);
        if ((mode & TypeBits) != Regular)
        {
            throw DiskException.Create(DiskError.NotRegular, path, $"It is {Describe(mode)}, not a regular file.");
        }

        // It may have been exchanged since: that must not wait either.
        return WithoutWaiting(path, forWriting);
    }

    /// <summary>Opens a file that is there, on a system other than Windows; a pipe is not waited for.</summary>
    public static SafeFileHandle WithoutWaiting(string path, bool forWriting)
    {
        int error = UnixCalls.Open(path, forWriting, out SafeFileHandle handle);
        if (error != 0)
        {
            handle.Dispose();
            throw DiskException.Create(error, path);
        }

        return handle;
    }

    /// <summary>Creates a file that must not exist, of a length that is reserved for real.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The file owns the handle, and the caller the file.")]
    public static PhysicalFile New(string path, long length)
    {
        PhysicalFile file = new(Reserved(path, length), path);
        try
        {
            // Preallocation reserves blocks but may leave the length at 0.
            file.SetLength(length);
            return file;
        }
        catch
        {
            file.Dispose();
            Discard(path);
            throw;
        }
    }

    /// <summary>Opens or creates a file and locks it.</summary>
    public static SafeFileHandle Exclusive(string path)
    {
        if (IsLink(path))
        {
            throw DiskException.Create(DiskError.NotRegular, path, "It is a symbolic link, not a regular file.");
        }

        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }

        if (!IsFile(path))
        {
            CreateEmpty(path);
        }

        SafeFileHandle handle = Existing(path, forWriting: true);
        int error = UnixCalls.Lock(handle);
        if (error != 0)
        {
            handle.Dispose();
            throw error == DiskError.WouldBlock ? DiskException.Create(error, path)
                : HasNoLocks(error) ? DiskException.Create(DiskError.NoLocks, path, DiskException.TextOf(error))
                : DiskException.Create(DiskError.LockFailed, path, DiskException.TextOf(error));
        }

        return handle;
    }

    /// <summary>Whether something is there that is no folder.</summary>
    public static bool IsFile(string path) =>
        OperatingSystem.IsWindows() ? File.Exists(path) : TryMode(path, out int mode) && (mode & TypeBits) != Folder;

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    public static bool IsFolder(string path) =>
        OperatingSystem.IsWindows()
            ? Directory.Exists(path)
            : TryMode(path, out int mode) && (mode & TypeBits) == Folder;

    /// <summary>
    /// The framework calls everything absent that it cannot look at. Here only what cannot be there is: an archive that
    /// a failing volume hides is not gone.
    /// </summary>
    private static bool TryMode(string path, out int mode)
    {
        int error = UnixCalls.ModeOf(path, out mode);
        bool isAbsent = error is DiskError.NotFound or DiskError.NotFolder or DiskError.AccessDenied
            || error == DiskError.TooManyLinks || error == DiskError.NameTooLong;
        DiskException.ThrowIf(isAbsent ? 0 : error, path);
        return error == 0;
    }

    /// <summary>Never through a link: another might have put one there since it was looked for.</summary>
    private static void CreateEmpty(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (IOException) when (IsFile(path))
        {
            // Another run was faster, and it is as good.
        }
    }

    private static SafeFileHandle Reserved(string path, long length)
    {
        if (!ReservesItself)
        {
            return ReservedByFramework(path, length);
        }

        SafeFileHandle handle = OpenNew(path, 0);
        int error = length == 0 ? 0 : UnixCalls.Reserve(handle, length);
        if (error is not (0 or DiskError.Invalid) && error != DiskError.NotSupported
            && error != DiskError.NotImplemented)
        {
            handle.Dispose();
            Discard(path);
            throw DiskException.Create(error, path);
        }

        return handle;
    }

    /// <summary>
    /// A preallocation that fails is told by no error number of its own, whether the volume is full or its format holds
    /// no file of that size. Setting the length without reserving tells them apart: it fails for the second only.
    /// </summary>
    private static SafeFileHandle ReservedByFramework(string path, long length)
    {
        try
        {
            return OpenNew(path, length);
        }
        catch (IOException exception) when (exception.HResult == DiskError.Unspecific && !File.Exists(path))
        {
            Probe(path, length);
            throw DiskException.Create(DiskError.DiskFull, path, exception.Message);
        }
    }

    private static void Probe(string path, long length)
    {
        try
        {
            using SafeFileHandle handle = OpenNew(path, 0);
            using PhysicalFile probe = new(handle, path);
            probe.SetLength(length);
        }
        finally
        {
            Discard(path);
        }
    }

    /// <summary>What made a file useless is to be told, not that it cannot be deleted either.</summary>
    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            // It is dropped by the next run.
        }
    }

    private static SafeFileHandle OpenNew(string path, long reserved) => File.OpenHandle(
        path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, FileOptions.None, reserved);

    private static bool HasNoLocks(int error) => error == DiskError.NoLocksLeft || error == DiskError.NotImplemented
        || error == DiskError.NotSupported || error == DiskError.SocketNotSupported || error == DiskError.Invalid;

    private static string Describe(int mode) => (mode & TypeBits) switch
    {
        0x1000 => "a named pipe",
        0x2000 or 0x6000 => "a device",
        Folder => "a folder",
        0xC000 => "a socket",
        _ => "something else",
    };
}
