using System.Buffers;
using System.Security.Cryptography;
using Mirror.Engine.Registry;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;

namespace Mirror.Engine.Spool;

/// <summary>
/// One blob from the first byte to its checked digest. What breaks is continued at its byte; attempts are counted anew
/// whenever some bytes came.
/// </summary>
internal sealed class SpoolDownload(RegistryClient client, string repository, Digest digest, long size)
{
    private const int BufferLength = 128 * 1024;

    /// <summary>Downloads; the digest was checked when this returns.</summary>
    /// <param name="write">Takes a piece and its offset.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="MirrorException">It failed for good, or the content is wrong (D8M5001, D8M5002).</exception>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>, long> write, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(digest.HashName);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await ReadAsync(
                buffer,
                (piece, offset) =>
                {
                    hash.AppendData(piece.Span);
                    write(piece, offset);
                },
                cancellationToken).ConfigureAwait(false);
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
    }

    private async Task ReadAsync(
        byte[] buffer, Action<ReadOnlyMemory<byte>, long> write, CancellationToken cancellationToken)
    {
        long done = 0;
        int failures = 0;
        while (true)
        {
            // Opening has its own attempts: what still fails there is final.
            Stream content = await client.OpenBlobAsync(repository, digest, size, done, cancellationToken)
                .ConfigureAwait(false);
            long before = done;
            try
            {
                using Stream owned = content;
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    write(buffer.AsMemory(0, read), done);
                    done += read;
                }

                return;
            }
            catch (MirrorException failure) when (RegistryFailure.IsTemporary(failure))
            {
                failures = done > before ? 0 : failures + 1;
                if (failures >= RetryPipeline.Attempts)
                {
                    throw;
                }
            }

            await client.PauseAsync(failures, cancellationToken).ConfigureAwait(false);
        }
    }
}
