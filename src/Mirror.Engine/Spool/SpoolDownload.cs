using System.Buffers;
using System.Security.Cryptography;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Streams;

namespace Mirror.Engine.Spool;

/// <summary>One blob from the first byte to its checked digest. What breaks is continued at its byte.</summary>
internal sealed class SpoolDownload(RegistryClient client, string repository, Digest digest, long size)
{
    private const int BufferLength = 128 * 1024;

    /// <summary>Downloads; the digest was checked when this returns.</summary>
    /// <exception cref="MirrorException">It failed for good, or the content is wrong (D8M5001, D8M5002).</exception>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>, long> write, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(digest.HashName);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await ContinuedCopy.RunAsync(
                0,
                offset => ReadAsync(offset, buffer, Take, cancellationToken),
                (_, fruitless) => client.PauseAsync(fruitless, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Digest actual = digest.SameAlgorithm(hash.GetHashAndReset());
        if (actual != digest)
        {
            throw new MirrorException(client.FaultsOf(RegistryRequest.ForBlob(repository, digest, 0))
                .BlobDigestMismatch(actual.ToString()));
        }

        void Take(ReadOnlyMemory<byte> piece, long offset)
        {
            hash.AppendData(piece.Span);
            write(piece, offset);
        }
    }

    private async Task<(long Reached, MirrorException? Failure)> ReadAsync(
        long offset, byte[] buffer, Action<ReadOnlyMemory<byte>, long> take, CancellationToken cancellationToken)
    {
        // Opening has its own attempts: what still fails there is final.
        using Stream content = await client.OpenBlobAsync(repository, digest, size, offset, cancellationToken)
            .ConfigureAwait(false);
        long reached = offset;
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                take(buffer.AsMemory(0, read), reached);
                reached += read;
            }

            return (reached, null);
        }
        catch (MirrorException failure) when (RegistryFailure.IsTemporary(failure))
        {
            return (reached, failure);
        }
    }
}
