using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Makes tags visible. Where the sink turns out to lack blobs that it was believed to have, they are moved first.
/// </summary>
internal sealed class TagPublisher(
    IContentSource source, IContentSink sink, TimeProvider time, Random random, EventSink events) : IDisposable
{
    // Tags share blobs: the second one that lacks a blob finds it moved.
    private readonly SemaphoreSlim _moving = new(1, 1);
    private long _movedBytes;

    public long MovedBytes => Interlocked.Read(ref _movedBytes);

    public async Task PublishAsync(PlannedPublication publication, CancellationToken cancellationToken)
    {
        ImmutableArray<ReadOnlyMemory<byte>>.Builder manifests =
            ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(publication.Manifests.Length);
        foreach (PlannedManifest manifest in publication.Manifests)
        {
            manifests.Add(await ReadAsync(manifest.Blob, cancellationToken).ConfigureAwait(false));
        }

        ImmutableArray<ReadOnlyMemory<byte>> contents = manifests.MoveToImmutable();
        while (await sink.PublishAsync(publication, contents, cancellationToken)
            .ConfigureAwait(false) is { IsEmpty: false } lacking)
        {
            events.Cause(
                $"{publication.Repository}:{publication.Tag} was refused: the target lacks blobs that it seemed to "
                    + $"have; sending {ItemCount.Format(lacking.Length, "blobs")} "
                    + $"({ByteCount.Format(lacking.Sum(blob => blob.Size))}).");
            await MoveAsync(lacking, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _moving.Dispose();

    private async Task MoveAsync(ImmutableArray<PlannedBlob> blobs, CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ProgressMeter progress = new(blobs.Sum(blob => blob.Size), blobs.Length, "blobs", time, events);
            BlobJob job = new(source, sink, progress, time, random, events);
            foreach (PlannedBlob blob in blobs)
            {
                await job.RunAsync(blob, cancellationToken).ConfigureAwait(false);
            }

            Interlocked.Add(ref _movedBytes, progress.MovedBytes);
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <summary>A manifest whole; its size was bounded when it was planned.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(PlannedBlob manifest, CancellationToken cancellationToken)
    {
        Stream content = await source.OpenAsync(manifest, 0, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            byte[] bytes = new byte[manifest.Size];
            int read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            Digest actual = manifest.Digest.SameAlgorithm(
                CryptographicOperations.HashData(manifest.Digest.HashName, bytes.AsSpan(0, read)));
            return actual == manifest.Digest
                ? bytes
                : throw new MirrorException(source.Mismatch(manifest, actual));
        }
    }
}
