using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>
/// Reads a small file that the user names, whole. A pipe would keep the reader waiting for whoever writes to it, and a
/// device has no end: neither is read, and no length is believed.
/// </summary>
internal static class SmallFile
{
    private const int LinuxNonBlocking = 0x800;
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacNonBlocking = 0x4;
    private const int MacCloseOnExec = 0x1000000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read, is a pipe or socket, or is larger than the limit.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static byte[] Read(string path, int limit)
    {
        using SafeFileHandle handle = Open(path);
        using FileStream file = new(handle, FileAccess.Read, bufferSize: 0);
        if (!file.CanSeek)
        {
            throw new IOException($"'{path}' is a pipe or a device, not a file");
        }

        byte[] content = new byte[int.Min(limit, 4096) + 1];
        int length = 0;
        int read;
        while ((read = file.Read(content, length, content.Length - length)) > 0)
        {
            length += read;
            if (length > limit)
            {
                throw new IOException($"'{path}' is larger than {limit} bytes");
            }

            if (length == content.Length)
            {
                Array.Resize(ref content, int.Min(limit + 1, length * 2));
            }
        }

        return content[..length];
    }

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return File.OpenHandle(path);
        }

        // The framework waits for a writer when it opens a pipe.
        SafeFileHandle handle = new(
            OpenFile(path, OperatingSystem.IsMacOS()
                ? MacNonBlocking | MacCloseOnExec
                : LinuxNonBlocking | LinuxCloseOnExec),
            ownsHandle: true);
        if (!handle.IsInvalid)
        {
            return handle;
        }

        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new IOException($"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
