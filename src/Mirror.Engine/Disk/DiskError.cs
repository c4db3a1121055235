namespace Mirror.Engine.Disk;

/// <summary>
/// The error numbers that mean something to the engine, as a failed operation carries them in its
/// <see cref="Exception.HResult"/>: those of Linux and macOS as they are, those of Windows with their prefix, and our
/// own for what no system has a number for.
/// </summary>
internal static class DiskError
{
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int BadDescriptor = 9;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotFolder = 20;
    public const int IsFolder = 21;
    public const int Invalid = 22;
    public const int TooManyOnSystem = 23;
    public const int TooManyOpen = 24;
    public const int TooLarge = 27;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;

    /// <summary>The number of an <see cref="IOException"/> that has none: what a failed preallocation gives.</summary>
    public const int Unspecific = unchecked((int)0x80131620);

    public const int WindowsAccessDenied = WindowsPrefix | 5;
    public const int WindowsTooManyOpen = WindowsPrefix | 4;
    public const int WindowsWriteProtected = WindowsPrefix | 19;
    public const int WindowsSharingViolation = WindowsPrefix | 32;
    public const int WindowsLockViolation = WindowsPrefix | 33;
    public const int WindowsHandleDiskFull = WindowsPrefix | 39;

    /// <summary>The volume is full, as Windows numbers it and as <see cref="PhysicalDisk"/> does everywhere.</summary>
    public const int DiskFull = WindowsPrefix | 112;

    /// <summary>The file system takes no file of that size; numbered as <see cref="DiskFull"/> is.</summary>
    public const int FileTooLarge = WindowsPrefix | 223;

    /// <summary>A pipe, device, socket, folder or, where that matters, a link, where a file should be.</summary>
    public const int NotRegular = OwnPrefix | 1;

    /// <summary>The file system has no locks.</summary>
    public const int NoLocks = OwnPrefix | 2;

    /// <summary>The lock could not be taken, and not because another holds it.</summary>
    public const int LockFailed = OwnPrefix | 3;

    private const int WindowsPrefix = unchecked((int)0x80070000);
    private const int OwnPrefix = unchecked((int)0xA0D80000);

    public static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    public static int QuotaExceeded => OperatingSystem.IsMacOS() ? 69 : 122;

    public static int TooManyLinks => OperatingSystem.IsMacOS() ? 62 : 40;

    public static int NameTooLong => OperatingSystem.IsMacOS() ? 63 : 36;

    public static int NoLocksLeft => OperatingSystem.IsMacOS() ? 77 : 37;

    public static int NotImplemented => OperatingSystem.IsMacOS() ? 78 : 38;

    public static int NotSupported => OperatingSystem.IsMacOS() ? 45 : 95;

    public static int SocketNotSupported => OperatingSystem.IsMacOS() ? 102 : 95;
}
