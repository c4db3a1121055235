using System.Buffers;
using System.Security.Cryptography;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Ends;

/// <summary>Blobs into the archives of a bundle, each straight to its place.</summary>
internal sealed class BundleSink(BundleWriter writer) : IContentSink
{
    /// <summary>Measured: larger buffers bring nothing.</summary>
    private const int BufferBytes = 256 * 1024;

    /// <summary>Hashing less than this takes less time than starting a thread for it.</summary>
    private const int SmallBytes = 64 * 1024;

    public bool KeepsPartial => true;

    public bool HoldsUnproven(PlannedBlob blob) => writer.IsClaimed(blob.Digest);

    public async ValueTask<HeldContent> HeldAsync(
        PlannedBlob blob, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (writer.IsSealed(blob.Digest))
        {
            return new HeldContent(blob.Size, IsSealed: true);
        }

        long held = writer.HeldBytes(blob.Digest);
        if (held <= SmallBytes)
        {
            Append(blob, held, hash, cancellationToken);
        }
        else
        {
            // Hashing again what is not known to be true is CPU work of any length: not on the pool.
            await Task.Factory.StartNew(
                () => Append(blob, held, hash, cancellationToken),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
        }

        return new HeldContent(held, IsSealed: false);
    }

    public async Task WriteAsync(PlannedBlob blob, long offset, Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long position = offset;
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)
                .ConfigureAwait(false)) > 0)
            {
                writer.Write(blob.Digest, position, buffer.AsSpan(0, read));
                position += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What a disk refuses, it refuses again.</summary>
    public bool MayContinueAfter(MirrorException failure) => false;

    public Task SealAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        writer.Seal(blob.Digest);
        return Task.CompletedTask;
    }

    public Task RejectAsync(PlannedBlob blob, CancellationToken cancellationToken)
    {
        writer.Reject(blob.Digest);
        return Task.CompletedTask;
    }

    /// <summary>Nothing to do: the index is part of the archive's layout, and invisible until the commit.</summary>
    public Task<ImmutableArray<PlannedBlob>> PublishAsync(
        PlannedPublication publication,
        ImmutableArray<ReadOnlyMemory<byte>> manifests,
        CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<PlannedBlob>>([]);

    private void Append(PlannedBlob blob, long held, IncrementalHash hash, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // A file that someone cuts meanwhile ends early, and then the digest is another.
            int read;
            for (long offset = 0; offset < held; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int wanted = (int)long.Min(BufferBytes, held - offset);
                read = writer.Read(blob.Digest, offset, buffer.AsSpan(0, wanted));
                if (read == 0)
                {
                    return;
                }

                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
