using Mirror.Engine.Errors;

namespace Mirror.Engine.Disk;

/// <summary>Tells what a failed file operation means, by error number: texts differ by system and language.</summary>
internal static class DiskFaults
{
    private const string BundleDirectory = "BundleDirectory";

    private static readonly string SmallerAdvice =
        $"Free some space, set {SettingName.BundleDirectory} and {SettingName.TmpDirectory} to folders on a larger "
        + $"volume, or select less (for example {SettingName.Without("Modules")}, {SettingName.Without("SecurityDb")} "
        + $"or {SettingName.DeckhouseTag}).";

    private static readonly string ChunkAdvice =
        $"Set {SettingName.BundleChunkSize} to a size that the file system can hold (4GB fits FAT32, 4GiB does not), "
        + "or choose a folder on a file system without that limit. If ulimit -f limits the process, raise it.";

    public static bool IsDiskFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether the volume, or this user's part of it, is full.</summary>
    public static bool IsDiskFull(Exception exception) => exception is IOException
        && (exception.HResult is DiskError.DiskFull or DiskError.WindowsHandleDiskFull or DiskError.NoSpace
            || exception.HResult == DiskError.QuotaExceeded);

    /// <summary>Whether another process has the file open in a way that excludes this one.</summary>
    public static bool IsHeldElsewhere(Exception exception) => exception is IOException
        && (exception.HResult is DiskError.WindowsSharingViolation or DiskError.WindowsLockViolation
            || exception.HResult == DiskError.WouldBlock);

    public static bool HasNoLocks(Exception exception) =>
        exception is IOException { HResult: DiskError.NoLocks };

    /// <summary>Does some work of the disk; its failure is thrown as the fault that the file cannot be so.</summary>
    public static T Guard<T>(
        string path, string action, Func<T> work, IDisk? disk = null, long bytes = 0, string member = BundleDirectory)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            throw Translate(exception, path, action, disk, bytes, member);
        }
    }

    public static void Guard(
        string path, string action, Action work, IDisk? disk = null, long bytes = 0, string member = BundleDirectory) =>
        Guard(
            path,
            action,
            () =>
            {
                work();
                return true;
            },
            disk,
            bytes,
            member);

    /// <summary>
    /// The exception for a failed file operation, as in "cannot be <c>written</c>". Where the disk that threw is given,
    /// a full volume is described with its name and the bytes that are missing on it. The member is the setting that
    /// the path comes from.
    /// </summary>
    public static MirrorException Translate(
        Exception exception,
        string path,
        string action,
        IDisk? disk = null,
        long bytes = 0,
        string member = BundleDirectory)
    {
        Fault fault = exception switch
        {
            _ when IsDiskFull(exception) && disk is not null && TrySpace(disk, path) is { } space => new Fault(
                FaultCode.DiskFull,
                $"'{path}' cannot be {action}: on the volume '{space.Volume}' {Lack(bytes, space.FreeBytes)}.",
                SmallerAdvice),
            _ when IsDiskFull(exception) => new Fault(
                FaultCode.DiskFull,
                $"'{path}' cannot be {action}: the volume or the user's quota is full.",
                SmallerAdvice),
            UnauthorizedAccessException or IOException
            {
                HResult: DiskError.WindowsAccessDenied or DiskError.AccessDenied or DiskError.NotPermitted,
            } => new Fault(
                FaultCode.DiskAccessDenied,
                $"'{path}' cannot be {action}: access is denied.",
                "Give this user the right to write there, or choose another folder."),
            IOException { HResult: DiskError.ReadOnly or DiskError.WindowsWriteProtected } => new Fault(
                FaultCode.DiskAccessDenied,
                $"'{path}' cannot be {action}: the file system is read-only.",
                "Mount it for writing, or choose another folder."),
            IOException { HResult: DiskError.TooLarge or DiskError.FileTooLarge } => new Fault(
                FaultCode.FileTooLarge,
                $"'{path}' cannot be {action}: the file is larger than the file system, or a limit of this process, "
                    + "allows.",
                ChunkAdvice),
            IOException { HResult: DiskError.NotRegular } => new Fault(
                FaultCode.NotRegularFile,
                $"'{path}' cannot be {action}. {OneLine(exception.Message)}",
                "Remove it or move it away, or name a regular file."),
            IOException { HResult: DiskError.LockFailed or DiskError.NoLocks } => new Fault(
                FaultCode.LockFailed,
                $"'{path}' cannot be locked: {OneLine(exception.Message)}",
                "Check the health of the volume or of the network share, then run again."),
            IOException
            {
                HResult: DiskError.TooManyOpen or DiskError.TooManyOnSystem or DiskError.WindowsTooManyOpen,
            } => new Fault(
                FaultCode.TooManyOpenFiles,
                $"'{path}' cannot be {action}: too many files are open.",
                "Raise the limit of open files (ulimit -n, or LimitNOFILE of the service), or use fewer and larger "
                    + $"chunks ({SettingName.BundleChunkSize})."),
            _ => new Fault(
                FaultCode.DiskFailed,
                $"'{path}' cannot be {action}: {OneLine(exception.Message)}",
                "Check the path and the health of the volume, then run again."),
        };
        return new MirrorException(fault with { Settings = [new SettingReference(member)] }, exception);
    }

    private static DiskSpace? TrySpace(IDisk disk, string path)
    {
        try
        {
            return disk.SpaceAt(Path.GetDirectoryName(path) ?? path);
        }
        catch (Exception exception) when (IsDiskFailure(exception))
        {
            // The full disk is the failure to report; it is described with less.
            return null;
        }
    }

    private static string Lack(long bytes, long free) => bytes > free
        ? $"{bytes - free} bytes are missing for it ({bytes} are needed, {free} are free)"
        : $"there is no room for its {bytes} bytes, though {free} are free: a quota or the number of files is used up";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
