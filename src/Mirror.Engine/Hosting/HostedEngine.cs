using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Report;

namespace Mirror.Engine.Hosting;

/// <summary>
/// The verbs as a host runs them: with full paths, a summary where CI shows one, and a cancellation as a fault like any
/// other, so that a host meets one kind of failure.
/// </summary>
internal sealed class HostedEngine(IMirrorEngine engine, EngineParts parts, FullPaths paths) : IMirrorEngine
{
    private delegate Task<TResult> Verb<TSettings, TResult>(
        TSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken);

    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("plan", engine.PlanAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("pull", engine.PullAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("push", engine.PushAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("sync", engine.SyncAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("verification", engine.VerifyAsync, settings, progress, cancellationToken);

    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            "verification of GOST sums", engine.VerifyGostDigestAsync, settings, progress, cancellationToken);

    private async Task<TResult> RunAsync<TSettings, TResult>(
        string name,
        Verb<TSettings, TResult> verb,
        TSettings settings,
        IProgress<MirrorEvent>? progress,
        CancellationToken cancellationToken)
        where TSettings : MirrorSettings
    {
        ArgumentNullException.ThrowIfNull(settings);
        JobSummary summary = new(parts, new EventSink(progress));
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            TResult result = await verb(
                paths.Complete(settings), new Listener(progress, summary), cancellationToken).ConfigureAwait(false);

            // A run that was done when it was cancelled has failed as well: what follows it must not start.
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            summary.Show(ReportSummary.OfCancellation(name));
            throw new MirrorException(
                new Fault(FaultCode.Cancelled, $"The {name} was cancelled.", "Run it again to finish it."), exception);
        }
        catch (MirrorException exception)
        {
            summary.Show(ReportSummary.OfFailure(name, exception.Faults));
            throw;
        }
    }

    /// <summary>Hands events on, and the summary of a run to the CI system.</summary>
    private sealed class Listener(IProgress<MirrorEvent>? progress, JobSummary summary) : IProgress<MirrorEvent>
    {
        public void Report(MirrorEvent value)
        {
            if (value is RunSummarized run)
            {
                summary.Show(run.Summary);
            }
            else
            {
                progress?.Report(value);
            }
        }
    }
}
