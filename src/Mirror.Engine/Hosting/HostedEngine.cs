using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
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
        RunAsync(MirrorVerb.Plan, engine.PlanAsync, settings, progress, cancellationToken);

    public Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Lock, engine.LockAsync, settings, progress, cancellationToken);

    public Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.LockCheck, engine.CheckLockAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Pull, engine.PullAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Push, engine.PushAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Sync, engine.SyncAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Verify, engine.VerifyAsync, settings, progress, cancellationToken);

    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.VerifyGostDigest, engine.VerifyGostDigestAsync, settings, progress, cancellationToken);

    public Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Diff, engine.DiffAsync, settings, progress, cancellationToken);

    public Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Inventory, engine.InventoryAsync, settings, progress, cancellationToken);

    public Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Check, engine.CheckAsync, settings, progress, cancellationToken);

    public Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(MirrorVerb.Merge, engine.MergeAsync, settings, progress, cancellationToken);

    private async Task<TResult> RunAsync<TSettings, TResult>(
        MirrorVerb verb,
        Verb<TSettings, TResult> run,
        TSettings settings,
        IProgress<MirrorEvent>? progress,
        CancellationToken cancellationToken)
        where TSettings : MirrorSettings
    {
        ArgumentNullException.ThrowIfNull(settings);
        TSettings completed = paths.Complete(settings);
        JobSummary summary = new(parts, new EventSink(progress));
        if (cancellationToken.IsCancellationRequested)
        {
            throw Refuse(verb, completed.ReportFile, summary, new EventSink(progress));
        }

        try
        {
            TResult result = await run(completed, new Listener(progress, summary), cancellationToken)
                .ConfigureAwait(false);

            // A run that was done when it was cancelled has failed as well: what follows it must not start.
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            summary.Show(ReportSummary.OfCancellation(VerbNames.Noun(verb)));
            throw new MirrorException(RunReport.Cancelled(verb), exception);
        }
        catch (MirrorException exception)
        {
            summary.Show(ReportSummary.OfFailure(VerbNames.Noun(verb), exception.Faults));
            throw;
        }
    }

    /// <summary>A run that was cancelled before it started, which no engine sees, leaves what others leave.</summary>
    private MirrorException Refuse(MirrorVerb verb, string? file, JobSummary summary, EventSink events)
    {
        Fault fault = RunReport.Cancelled(verb, hasStarted: false);
        RunReport report = new(verb, file, outputs: null, parts, events);
        report.Prepare();
        report.Cancel(fault);
        summary.Show(ReportSummary.OfCancellation(VerbNames.Noun(verb)));
        return new MirrorException(fault, new OperationCanceledException());
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
