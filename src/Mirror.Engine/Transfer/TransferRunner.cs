using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Moves every blob of a plan from a source to a sink, several at a time, manifests in a lane of their own. The first
/// blob that fails for good ends the run: there is no partial success.
/// </summary>
internal sealed class TransferRunner(
    IContentSource source, IContentSink sink, TransferLimits limits, TimeProvider time, Random random, EventSink events)
{
    /// <summary>Moves everything.</summary>
    /// <returns>Bytes that came from the source.</returns>
    /// <exception cref="MirrorException">What the first failing blob threw.</exception>
    public async Task<long> RunAsync(MirrorPlan plan, CancellationToken cancellationToken)
    {
        TransferProgress progress = new(plan, time, events);
        BlobJob job = new(source, sink, progress, time, random, events);
        TransferQueue layers = new([.. plan.Blobs.Where(blob => !blob.IsManifest)]);
        TransferQueue manifests = new([.. plan.Blobs.Where(blob => blob.IsManifest)]);
        using CancellationTokenSource failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        MirrorException? firstFailure = null;

        await Task.WhenAll(
            Enumerable.Range(0, limits.MaxConnections).Select(_ => WorkAsync(layers)).Append(WorkAsync(manifests)))
            .ConfigureAwait(false);

        cancellationToken.ThrowIfCancellationRequested();
        if (firstFailure is not null)
        {
            throw firstFailure;
        }

        progress.Report();
        return progress.ReceivedBytes;

        async Task WorkAsync(TransferQueue queue)
        {
            // Start on the pool at once: a worker whose first blob is held would otherwise run before the others.
            await Task.Yield();
            try
            {
                while (!failing.IsCancellationRequested && queue.TryTake(out PlannedBlob? blob))
                {
                    await job.RunAsync(blob, failing.Token).ConfigureAwait(false);
                }
            }
            catch (MirrorException failure)
            {
                Interlocked.CompareExchange(ref firstFailure, failure, null);
                await failing.CancelAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (failing.IsCancellationRequested)
            {
                // Another worker's failure, or the caller's wish: both are looked at when all workers have ended.
            }
            catch
            {
                // A defect of ours: the others must not go on for hours before it is told.
                await failing.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
