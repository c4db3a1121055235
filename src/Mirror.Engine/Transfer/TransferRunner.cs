using Mirror.Engine.Events;
using Mirror.Engine.Plan;

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
        using TagPublisher publisher = new(source, sink, time, random, events);
        foreach (IGrouping<PublishStage, PlannedPublication> stage in plan.Publications
            .GroupBy(publication => publication.Stage).OrderBy(group => group.Key))
        {
            using WorkerPool pool = new(cancellationToken);
            TransferQueue<PlannedPublication> queue = new([.. stage]);
            pool.Start(limits.MaxConnections, queue, publisher.PublishAsync);
            await pool.WaitAsync().ConfigureAwait(false);
        }

        return progress.MovedBytes + publisher.MovedBytes;

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
}
