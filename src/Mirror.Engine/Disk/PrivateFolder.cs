using System.Globalization;
using System.Runtime.InteropServices;

namespace Mirror.Engine.Disk;

/// <summary>
/// Folders in places that other users can write to, for example <c>/tmp</c>. Owners are told on Linux only; links are
/// seen everywhere.
/// </summary>
internal static class PrivateFolder
{
    private const string ProbeEnd = ".probe";
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, or closes the one that is there to other users.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if ((File.GetUnixFileMode(path) & ~OwnerOnly) == UnixFileMode.None)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            // FAT and some network file systems keep no modes; nothing in the folder is believed unread anyway.
        }
    }

    /// <summary>Why a folder is not this user's own; <see langword="null"/>: no reason is known.</summary>
    public static string? WhyForeign(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            return "is a link";
        }

        return OperatingSystem.IsLinux() && OwnerOf(path) is { } owner && owner != UserId() && TellsOwners(path)
            ? string.Create(CultureInfo.InvariantCulture, $"belongs to another user (uid {owner})")
            : null;
    }

    /// <summary>
    /// Network file systems may give everything to one user, also what this one makes: then an owner says nothing.
    /// </summary>
    private static bool TellsOwners(string path)
    {
        string probe = path + ProbeEnd;
        if (MakeDirectory(probe, (uint)OwnerOnly) != 0)
        {
            return true;
        }

        try
        {
            return OwnerOf(probe) == UserId();
        }
        finally
        {
            Directory.Delete(probe);
        }
    }

    private static uint? OwnerOf(string path)
    {
        try
        {
            return Status(-100, path, flags: 0x100, mask: 8, out FileStatus status) == 0 ? status.Owner : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library of before 2018.
            return null;
        }
    }

    // Of all calls for this, only statx has one layout on all processors. -100: the path is a full one; 0x100: a link
    // is not followed; 8: the owner is wanted.
    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Status(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint UserId();

    [DllImport("libc", EntryPoint = "mkdir")]
    private static extern int MakeDirectory([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;
    }
}
