using Mirror.Engine.Errors;

namespace Mirror.Engine.Disk;

/// <summary>Tells what a failed file operation means, by error number: texts differ by system and language.</summary>
internal static class DiskFaults
{
    /// <summary>The volume is full, as Windows numbers it and as <see cref="PhysicalDisk"/> does everywhere.</summary>
    public const int DiskFull = WindowsPrefix | 112;

    /// <summary>The number of an <see cref="IOException"/> that has none: what a failed preallocation gives.</summary>
    public const int Unspecific = unchecked((int)0x80131620);

    private const int WindowsPrefix = unchecked((int)0x80070000);
    private const int SharingViolation = WindowsPrefix | 32;
    private const int LockViolation = WindowsPrefix | 33;
    private const int HandleDiskFull = WindowsPrefix | 39;
    private const int WriteProtected = WindowsPrefix | 19;

    private const string SmallerAdvice =
        "Free some space, set D8MirrorBundleDirectory and D8MirrorTmpDir to folders on a larger volume, or leave "
        + "something out, for example with D8MirrorNoModules, D8MirrorNoSecurityDb or D8MirrorDeckhouseTag.";

    private const int UnixNoSpace = 28;
    private const int UnixReadOnly = 30;

    /// <summary>Whether the exception is one a file system throws.</summary>
    public static bool IsDiskFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether the volume, or this user's part of it, is full.</summary>
    public static bool IsDiskFull(Exception exception) => exception is IOException
        && (exception.HResult is DiskFull or HandleDiskFull or UnixNoSpace || exception.HResult == QuotaExceeded);

    /// <summary>Whether another process has the file open in a way that excludes this one.</summary>
    public static bool IsHeldElsewhere(Exception exception) => exception is IOException
        && (exception.HResult is SharingViolation or LockViolation || exception.HResult == WouldBlock);

    /// <summary>The exception for a failed file operation.</summary>
    /// <param name="exception">What the disk threw.</param>
    /// <param name="path">The file or folder it was about.</param>
    /// <param name="action">What failed, as in "cannot be <c>written</c>".</param>
    public static MirrorException Of(Exception exception, string path, string action)
    {
        Fault fault = exception switch
        {
            _ when IsDiskFull(exception) => new Fault(
                FaultCode.DiskFull,
                $"'{path}' cannot be {action}: the volume or the user's quota is full.",
                SmallerAdvice),
            UnauthorizedAccessException => new Fault(
                FaultCode.DiskAccessDenied,
                $"'{path}' cannot be {action}: access is denied.",
                "Give this user the right to write there, or choose another folder."),
            IOException { HResult: UnixReadOnly or WriteProtected } => new Fault(
                FaultCode.DiskAccessDenied,
                $"'{path}' cannot be {action}: the file system is read-only.",
                "Mount it for writing, or choose another folder."),
            _ => new Fault(
                FaultCode.DiskFailed,
                $"'{path}' cannot be {action}: {OneLine(exception.Message)}",
                "Check the path and the health of the volume, then run again."),
        };
        return new MirrorException(fault, exception);
    }

    /// <summary>As above; a full volume is described with its name and the bytes that are missing on it.</summary>
    /// <param name="exception">What the disk threw.</param>
    /// <param name="path">The file it was about.</param>
    /// <param name="action">What failed, as in "cannot be <c>written</c>".</param>
    /// <param name="disk">The disk that threw, asked for what is free.</param>
    /// <param name="bytes">How many bytes had to find room.</param>
    public static MirrorException Of(Exception exception, string path, string action, IDisk disk, long bytes) =>
        IsDiskFull(exception) && TrySpace(disk, path) is { } space
            ? new MirrorException(
                new Fault(
                    FaultCode.DiskFull,
                    $"'{path}' cannot be {action}: on the volume '{space.Volume}' {Lack(bytes, space.FreeBytes)}.",
                    SmallerAdvice),
                exception)
            : Of(exception, path, action);

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

    private static int QuotaExceeded => OperatingSystem.IsMacOS() ? 69 : 122;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
