using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Transfer;

/// <summary>
/// A blob's content from some offset on, counted, hashed, and proven before its last bytes are handed on.
/// </summary>
internal sealed class MeteredStream(
    Stream content, PlannedBlob blob, long offset, IncrementalHash hash, ProgressMeter progress) : ReadOnlyStream
{
    private bool _isProven;

    public long Count { get; private set; }

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
}

/// <summary>
/// The last bytes of a blob came, and the whole is not what its digest says. Thrown instead of handing these bytes on,
/// so that no sink ever takes a wrong blob for complete.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "Caught within the room; it never leaves the room.")]
internal sealed class ContentMismatchException(Digest actual) : Exception($"The content is that of {actual}.")
{
    public Digest Actual => actual;
}
