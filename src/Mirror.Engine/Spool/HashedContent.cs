using System.Buffers;
using System.Security.Cryptography;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Spool;

/// <summary>
/// Content that is hashed while it is read, so that what was read is known to be what was verified: a file may be
/// another one the second time it is opened. Content and hash stay those of whoever gave
/// them: unpackers close what they read from, and it is not read to its end by then.
/// </summary>
internal sealed class HashedContent(Stream content, IncrementalHash hash, Digest digest) : ReadOnlyStream
{
    private const int BufferLength = 128 * 1024;

    public override bool CanSeek => true;

    public override long Length => content.Length;

    /// <summary>Where the next byte is read. Going on reads what lies between, going back begins again.</summary>
    public override long Position
    {
        get => content.Position;
        set
        {
            if (value < content.Position)
            {
                content.Position = 0;
                hash.GetHashAndReset();
            }

            Skip(value, CancellationToken.None);
        }
    }

    /// <summary>Reads what is left, and gives the digest of all of it.</summary>
    public Digest Finish(CancellationToken cancellationToken = default)
    {
        Skip(long.MaxValue, cancellationToken);
        return digest.SameAlgorithm(hash.GetHashAndReset());
    }

    public override int Read(Span<byte> buffer)
    {
        int read = content.Read(buffer);
        hash.AppendData(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        hash.AppendData(buffer.Span[..read]);
        return read;
    }

    private void Skip(long end, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (content.Position < end
                && Read(buffer.AsSpan(0, (int)long.Min(buffer.Length, end - content.Position))) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
