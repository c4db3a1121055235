using System.Security.Cryptography;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// A blob's content from some offset on, counted, hashed, and proven before its last bytes are handed on.
/// </summary>
internal sealed class MeteredStream(
    Stream content, PlannedBlob blob, long offset, IncrementalHash hash, ProgressMeter progress) : Stream
{
    private bool _isProven;

    /// <summary>Bytes that were read so far.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ContentMismatchException">The content is not that of the digest.</exception>
    /// <exception cref="MirrorException">The content is longer than the blob (D8M5002).</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        hash.AppendData(buffer.Span[..read]);
        Count += read;
        progress.Moved(read);
        if (offset + Count > blob.Size)
        {
            throw new MirrorException(TransferFaults.SizeMismatch(blob, offset + Count));
        }

        if (offset + Count == blob.Size && !_isProven)
        {
            Digest actual = blob.Digest.SameAlgorithm(hash.GetHashAndReset());
            _isProven = actual == blob.Digest ? true : throw new ContentMismatchException(actual);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
