using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>A file of the real file system.</summary>
internal sealed class PhysicalFile(string path, FileMode mode, FileAccess access, FileShare share, long reserved = 0)
    : IDiskFile
{
    private readonly SafeFileHandle _handle =
        File.OpenHandle(path, mode, access, share, FileOptions.None, reserved);

    public long Length => RandomAccess.GetLength(_handle);

    public void Write(ReadOnlySpan<byte> content, long offset) => RandomAccess.Write(_handle, content, offset);

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
