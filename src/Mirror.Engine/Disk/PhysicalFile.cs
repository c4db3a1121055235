using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>A file of the real file system.</summary>
internal sealed class PhysicalFile(string path, FileMode mode, FileAccess access, FileShare share, long reserved = 0)
    : IDiskFile
{
    private readonly SafeFileHandle _handle =
        File.OpenHandle(path, mode, access, share, FileOptions.None, reserved);

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Linux tells the inode of an open file since 5.14; the framework tells it nowhere.</summary>
    public string Identity
    {
        get
        {
            string about = $"/proc/self/fdinfo/{_handle.DangerousGetHandle()}";
            return OperatingSystem.IsLinux() && File.Exists(about)
                ? File.ReadLines(about).FirstOrDefault(line => line.StartsWith("ino:", StringComparison.Ordinal)) ?? ""
                : "";
        }
    }

    public void Write(ReadOnlySpan<byte> content, long offset) => RandomAccess.Write(_handle, content, offset);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
