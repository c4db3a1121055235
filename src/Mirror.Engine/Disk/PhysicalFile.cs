using Microsoft.Win32.SafeHandles;

namespace Mirror.Engine.Disk;

/// <summary>A file of the real file system. Owns the handle.</summary>
internal sealed class PhysicalFile(SafeFileHandle handle, string path, bool isLocked = false) : IDiskFile
{
    private volatile int _flushError;

    public long Length => DiskException.Guard(path, () => RandomAccess.GetLength(handle));

    /// <summary>Linux tells the inode of an open file since 5.14; the framework tells it nowhere.</summary>
    public string Identity
    {
        get
        {
            string about = $"/proc/self/fdinfo/{handle.DangerousGetHandle()}";
            try
            {
                return OperatingSystem.IsLinux() && File.Exists(about)
                    ? File.ReadLines(about).FirstOrDefault(line => line.StartsWith("ino:", StringComparison.Ordinal))
                        ?? ""
                    : "";
            }
            catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
            {
                return "";
            }
        }
    }

    public void Write(ReadOnlySpan<byte> content, long offset)
    {
        try
        {
            RandomAccess.Write(handle, content, offset);
        }
        catch (Exception exception) when (DiskException.IsForeign(exception))
        {
            throw OfChange(exception);
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, buffer, offset);
        }
        catch (Exception exception) when (DiskException.IsForeign(exception))
        {
            throw DiskException.Create(exception, path);
        }
    }

    /// <summary>The framework takes some errors of this call for a file that has no length, and hides them.</summary>
    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (Exception exception) when (DiskException.IsForeign(exception))
        {
            throw OfChange(exception);
        }

        if (Length != length)
        {
            throw DiskException.Create(
                DiskError.Invalid, path, $"The file system left its length at {Length} bytes, not {length}.");
        }
    }

    /// <summary>
    /// The framework hides a failed flush on Linux and macOS. The system tells of lost writes once, and calls the next
    /// flush a success: so a file that failed stays failed.
    /// </summary>
    public void Flush()
    {
        if (OperatingSystem.IsWindows())
        {
            DiskException.Guard(path, () => RandomAccess.FlushToDisk(handle));
            return;
        }

        int error = UnixCalls.Flush(handle);
        if (error != 0 && !HasNoFlush(error))
        {
            _flushError = error;
        }

        DiskException.ThrowIf(_flushError, path);
    }

    /// <summary>
    /// By these a file system says that it has no flush, as some network shares do (POSIX fsync, EINVAL): no write was
    /// lost. Read-only is another matter: a volume becomes so after an error.
    /// </summary>
    private static bool HasNoFlush(int error) =>
        error == DiskError.Invalid || error == DiskError.NotSupported || error == DiskError.NotImplemented;

    /// <summary>The framework hides a failed close.</summary>
    public void Close()
    {
        int error = OperatingSystem.IsWindows() ? 0 : UnixCalls.TryClose(handle);
        Dispose();
        DiskException.ThrowIf(error, path);
    }

    public void Dispose()
    {
        if (isLocked && !handle.IsClosed && !OperatingSystem.IsWindows())
        {
            UnixCalls.Unlock(handle);
        }

        handle.Dispose();
    }

    /// <summary>A file that would be too large is a wrong argument to the framework.</summary>
    private DiskException OfChange(Exception exception) => exception is ArgumentOutOfRangeException
        ? DiskException.Create(DiskError.FileTooLarge, path, exception.Message)
        : DiskException.Create(exception, path);
}
