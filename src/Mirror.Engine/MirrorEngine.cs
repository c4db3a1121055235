using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine;

/// <summary>The mirror itself. Holds no state between runs; connections, tokens and locks live in a run.</summary>
public sealed class MirrorEngine : IMirrorEngine
{
    private readonly EngineParts _parts;

    /// <summary>Creates an engine.</summary>
    /// <param name="environment">
    /// The environment variables that the engine may read (docs/settings.md). By default those of the process, read
    /// here once. A host whose processes outlive a build, as MSBuild's do, passes the variables of the build.
    /// </param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public MirrorEngine(IReadOnlyDictionary<string, string>? environment = null, TimeProvider? timeProvider = null)
        : this(new EngineParts(
            environment is null ? RunEnvironment.OfProcess() : new RunEnvironment(environment),
            timeProvider ?? TimeProvider.System))
    {
    }

    internal MirrorEngine(EngineParts parts) => _parts = parts;

    /// <inheritdoc/>
    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Plan,
            settings,
            progress,
            (events, report) => new PlanFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Lock,
            settings,
            progress,
            (events, report) => new LockFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.LockCheck,
            settings,
            progress,
            (events, report) => new LockFlow(_parts, events).CheckAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Pull,
            settings,
            progress,
            (events, report) => new PullFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Push,
            settings,
            progress,
            (events, report) => new PushFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Sync,
            settings,
            progress,
            (events, report) => new SyncFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Verify,
            settings,
            progress,
            (events, report) => new VerifyFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.VerifyGostDigest,
            settings,
            progress,
            (events, report) => new VerifyGostFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Diff,
            settings,
            progress,
            (events, report) => new DiffFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Inventory,
            settings,
            progress,
            (events, report) => new InventoryFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Check,
            settings,
            progress,
            (events, report) => new CheckFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(
            MirrorVerb.Merge,
            settings,
            progress,
            (events, report) => new MergeFlow(_parts, events).RunAsync(settings, report, cancellationToken),
            cancellationToken);

    /// <summary>
    /// Turns what no room expected into a fault of our own, so that callers meet one kind of exception, and leaves the
    /// record of the run, however it ends.
    /// </summary>
    private async Task<T> RunAsync<T>(
        MirrorVerb verb,
        MirrorSettings settings,
        IProgress<MirrorEvent>? progress,
        Func<EventSink, RunReport, Task<T>> run,
        CancellationToken cancellationToken)
    {
        EventSink events = new(progress);
        RunReport report = new(
            verb, settings?.ReportFile, OutputsFile.Find(settings?.OutputsFile, _parts), _parts, events);
        try
        {
            T result = await run(events, report).ConfigureAwait(false);

            // A run that was done when it was cancelled has failed as well: what follows it must not start.
            cancellationToken.ThrowIfCancellationRequested();
            report.Complete();
            return result;
        }
        catch (OperationCanceledException)
        {
            report.Cancel(RunReport.Cancelled(verb));
            throw;
        }
        catch (Exception exception)
        {
            MirrorException failure = events.Secrets.Redact(FailureOf(exception));
            ImmutableArray<Fault> faults = report.Fail(failure.Faults);
            MirrorException told = faults.Length == failure.Faults.Length
                ? failure
                : new MirrorException(faults, failure.InnerException);
            if (told == exception)
            {
                throw;
            }

            throw told;
        }
    }

    private static MirrorException FailureOf(Exception exception) => exception switch
    {
        MirrorException failure => failure,
        DiskException failure => DiskFaults.Translate(failure, failure.Path, "used"),
        _ when LoadFailure.Translate(exception) is { } fault => new MirrorException(fault, exception),
        _ => new MirrorException(
            new Fault(
                FaultCode.Defect,
                $"The mirror failed because of an internal error: {exception.GetType().Name}: {exception.Message}",
                "Please report it with the log at detail level 4 (MIRROR_DEBUG_LOG=4); it holds no secrets."),
            exception),
    };
}
