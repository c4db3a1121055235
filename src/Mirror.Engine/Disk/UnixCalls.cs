using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Mirror.Engine.Disk;

/// <summary>
/// The system's own calls where the framework hides an error, waits, or does more than was asked. Each returns an error
/// number, 0 for success. For Linux and macOS; Windows has no use for them.
/// </summary>
internal static class UnixCalls
{
    private const string Library = "libc";
    private const int CurrentDirectory = -100;
    private const int StatusBytes = 256;
    private const int StatusOfType = 1;

    /// <summary>Where <c>struct statx</c> of Linux and <c>struct stat</c> of macOS hold the mode.</summary>
    private const int LinuxMode = 28;
    private const int MacMode = 4;

    private const int ReadWrite = 2;
    private const int LockExclusivelyOrFail = 2 | 4;
    private const int NoLock = 8;
    private const int KeepSize = 1;
    private const int FullFlush = 51;
    private const int DuplicateForThisProgram = 1030;

    // A library that is loaded in front of the system's (LD_PRELOAD) counts for the framework, so it counts here.
    static UnixCalls() => NativeLibrary.SetDllImportResolver(
        typeof(UnixCalls).Assembly,
        static (name, _, _) => name == Library ? NativeLibrary.GetMainProgramHandle() : 0);

    private static bool IsMac { get; } = OperatingSystem.IsMacOS();

    /// <summary>Do not wait for the other end of a pipe; do not hand the file on to child processes.</summary>
    private static int OpenFlags => (IsMac ? 0x4 | 0x1000000 : 0x800 | 0x80000) | LargeFile;

    private static int LargeFile => RuntimeInformation.ProcessArchitecture == Architecture.Arm ? 0x20000 : 0;

    /// <summary>The mode of what a path leads to, with its type.</summary>
    public static int ModeOf(string path, out int mode)
    {
        byte[] status = new byte[StatusBytes];
        int error = IsNoName(path) ? DiskError.NotFound : Repeat(() =>
            !IsMac ? LinuxStatus(CurrentDirectory, path, 0, StatusOfType, status)
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? MacX64Status(path, status)
            : MacStatus(path, status));
        mode = BitConverter.ToUInt16(status, IsMac ? MacMode : LinuxMode);
        return error;
    }

    /// <summary>Opens what is there, without waiting and without creating anything.</summary>
    public static int Open(string path, bool forWriting, out SafeFileHandle handle)
    {
        int descriptor = -1;
        int flags = OpenFlags | (forWriting ? ReadWrite : 0);
        int error = IsNoName(path) ? DiskError.NotFound : Repeat(() => descriptor = OpenFile(path, flags));
        handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    /// <summary>Makes content durable. On macOS only a full flush reaches the medium; some volumes lack it.</summary>
    public static int Flush(SafeFileHandle handle) =>
        IsMac && Repeat(() => ControlFile(handle, FullFlush)) == 0 ? 0 : Repeat(() => FlushFile(handle));

    /// <summary>Takes the lock of an open file, or fails at once.</summary>
    public static int Lock(SafeFileHandle handle) => Repeat(() => LockFile(handle, LockExclusivelyOrFail));

    /// <summary>
    /// Gives the lock of an open file back. Closing the file does so only when no process has it open, and one that
    /// this process is just starting shares every open file until it runs its own program.
    /// </summary>
    public static void Unlock(SafeFileHandle handle) => Repeat(() => LockFile(handle, NoLock));

    /// <summary>Reserves blocks (Linux only); the length stays as it is.</summary>
    public static int Reserve(SafeFileHandle handle, long length) =>
        Repeat(() => ReserveFile(handle, KeepSize, 0, length));

    public static int Rename(string path, string newPath) =>
        IsNoName(path) || IsNoName(newPath) ? DiskError.NotFound : Repeat(() => RenameFile(path, newPath));

    /// <summary>
    /// What closing the file says. A duplicate is closed, which a file system is told of like any close, so that the
    /// handle itself stays with its owner.
    /// </summary>
    public static int TryClose(SafeFileHandle handle)
    {
        int descriptor = -1;
        int error = Repeat(() => descriptor = Duplicate(handle));

        // Not repeated: after a failed close the descriptor is gone.
        return error != 0 ? error : CloseFile(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>A program that is started meanwhile must not inherit it.</summary>
    private static int Duplicate(SafeFileHandle handle) => IsMac
        ? DuplicateFile(handle)
        : ControlFile(handle, DuplicateForThisProgram, 0);

    /// <summary>The system would see what stands before the NUL, which is another file.</summary>
    private static bool IsNoName(string path) => path.Contains('\0', StringComparison.Ordinal);

    private static int Repeat(Func<int> call)
    {
        int error;
        do
        {
            error = call() < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == DiskError.Interrupted);
        return error;
    }

    [DllImport(Library, EntryPoint = "statx", SetLastError = true)]
    private static extern int LinuxStatus(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);

    [DllImport(Library, EntryPoint = "stat", SetLastError = true)]
    private static extern int MacStatus([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);

    [DllImport(Library, EntryPoint = "stat$INODE64", SetLastError = true)]
    private static extern int MacX64Status([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);

    [DllImport(Library, EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static extern int FlushFile(SafeFileHandle handle);

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int ControlFile(SafeFileHandle handle, int command);

    [DllImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ControlFile(SafeFileHandle handle, int command, int argument);

    [DllImport(Library, EntryPoint = "flock", SetLastError = true)]
    private static extern int LockFile(SafeFileHandle handle, int operation);

    [DllImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    private static extern int ReserveFile(SafeFileHandle handle, int mode, long offset, long length);

    [DllImport(Library, EntryPoint = "rename", SetLastError = true)]
    private static extern int RenameFile(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath);

    [DllImport(Library, EntryPoint = "dup", SetLastError = true)]
    private static extern int DuplicateFile(SafeFileHandle handle);

    [DllImport(Library, EntryPoint = "close", SetLastError = true)]
    private static extern int CloseFile(int descriptor);
}
