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
                "Free some space, mirror less, or set D8MirrorBundleDirectory to a folder on a larger volume."),
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

    private static int QuotaExceeded => OperatingSystem.IsMacOS() ? 69 : 122;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
