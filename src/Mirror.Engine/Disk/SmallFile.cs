using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>
/// Reads a small file that the user names, whole. A pipe would keep the reader waiting for whoever writes to it, and a
/// device has no end: neither is read, and no length is believed.
/// </summary>
internal static class SmallFile
{
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

    // The framework waits for a writer when it opens a pipe.
    private static SafeFileHandle Open(string path) => OperatingSystem.IsWindows() || !File.Exists(path)
        ? File.OpenHandle(path)
        : FileOpening.WithoutWaiting(path, forWriting: false);
}
