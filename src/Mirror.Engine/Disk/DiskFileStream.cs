using Mirror.Engine.Streams;

namespace Mirror.Engine.Disk;

/// <summary>
/// A file of the disk seam as stream for reading; owns the file. Whoever reads a stream expects a network: failures of
/// the disk are faults already.
/// </summary>
internal sealed class DiskFileStream(IDiskFile file, string path, long start = 0) : ReadOnlyStream
{
    public override bool CanSeek => true;

    public override long Length => DiskFaults.Guard(path, "read", () => file.Length);

    public override long Position
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = start;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = file.Read(buffer, Position);
            Position += read;
            return read;
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "read");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
