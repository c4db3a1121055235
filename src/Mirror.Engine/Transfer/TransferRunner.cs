using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Moves every blob of a plan from a source to a sink, several at a time, manifests in a lane of their own, and beside
/// them proves what an earlier run left in the sink; then makes its tags visible, stage by stage. The first tag that
/// fails for good ends the run; so does the first blob, unless it alone is to blame and the sink keeps the others: then
/// one broken archive does not cost the rest.
/// </summary>
internal sealed class TransferRunner(
    IContentSource source, IContentSink sink, TransferLimits limits, TimeProvider time, Random random, EventSink events)
{
    /// <summary>Moves everything.</summary>
    /// <returns>Bytes that came from the source as blobs.</returns>
    /// <exception cref="MirrorException">What the first failure threw, or what all missing blobs did.</exception>
    public async Task<long> RunAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        ProgressMeter progress = new(plan.TransferBytes, plan.Blobs.Length, "blobs", time, events);
        BlobJob job = new(source, sink, progress, time, random, events);
        MissingBlobs missing = new(limits.MaxConnections, events);
        using (WorkerPool pool = new(cancellationToken))
        {
            ILookup<bool, PlannedBlob> unproven = plan.Blobs.ToLookup(sink.HoldsUnproven);
            pool.Start(limits.MaxConnections, Queue(unproven[false], isManifest: false), MoveAsync);
            pool.Start(1, Queue(unproven[false], isManifest: true), MoveAsync);
            pool.Start(Environment.ProcessorCount, new TransferQueue<PlannedBlob>([.. unproven[true]]), MoveAsync);
            await pool.WaitAsync().ConfigureAwait(false);
        }

        progress.Report();
        missing.ThrowIfAny(plan);
        foreach (IGrouping<PublishStage, PlannedPublication> stage in plan.Publications
            .GroupBy(publication => publication.Stage).OrderBy(group => group.Key))
        {
            using WorkerPool pool = new(cancellationToken);
            pool.Start(limits.MaxConnections, new TransferQueue<PlannedPublication>([.. stage]), PublishAsync);
            await pool.WaitAsync().ConfigureAwait(false);
        }

        return progress.MovedBytes;

        async Task MoveAsync(PlannedBlob blob, CancellationToken token)
        {
            // What is only proven says nothing of the source.
            bool isAsked = !sink.HoldsUnproven(blob);
            try
            {
                await job.RunAsync(blob, token).ConfigureAwait(false);
                if (isAsked)
                {
                    missing.Found();
                }
            }
            catch (MirrorException failure) when (sink.KeepsPartial && source.IsOfOneBlob(failure))
            {
                if (!missing.TryAdd(blob, failure, source.MayContinueAfter(failure)))
                {
                    throw;
                }
            }
        }
    }

    private static TransferQueue<PlannedBlob> Queue(IEnumerable<PlannedBlob> blobs, bool isManifest) =>
        new([.. blobs.Where(blob => blob.IsManifest == isManifest)]);

    private async Task PublishAsync(PlannedPublication publication, CancellationToken cancellationToken)
    {
        ImmutableArray<ReadOnlyMemory<byte>>.Builder manifests =
            ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(publication.Manifests.Length);
        foreach (PlannedManifest manifest in publication.Manifests)
        {
            manifests.Add(await ReadAsync(manifest.Blob, cancellationToken).ConfigureAwait(false));
        }

        await sink.PublishAsync(publication, manifests.MoveToImmutable(), cancellationToken).ConfigureAwait(false);
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
