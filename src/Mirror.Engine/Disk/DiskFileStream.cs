namespace Mirror.Engine.Disk;

/// <summary>
/// A file of the disk seam as stream for reading; owns the file. Whoever reads a stream expects a network: failures of
/// the disk are faults already.
/// </summary>
internal sealed class DiskFileStream(IDiskFile file, string path, long start = 0) : Stream
{
    private long _position = start;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length
    {
        get
        {
            try
            {
                return file.Length;
            }
            catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
            {
                throw DiskFaults.Of(exception, path, "read");
            }
        }
    }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = file.Read(buffer, _position);
            _position += read;
            return read;
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Of(exception, path, "read");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
