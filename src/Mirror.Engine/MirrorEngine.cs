using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
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
        RunAsync(progress, events => new PlanFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(progress, events => new PullFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(progress, events => new PushFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(progress, events => new SyncFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(progress, events => new VerifyFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(progress, events => new VerifyGostFlow(_parts, events).RunAsync(settings, cancellationToken));

    /// <summary>
    /// Turns what no room expected into a fault of our own, so that callers meet one kind of exception.
    /// </summary>
    private static async Task<T> RunAsync<T>(IProgress<MirrorEvent>? progress, Func<EventSink, Task<T>> run)
    {
        EventSink events = new(progress);
        try
        {
            return await run(events).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            MirrorException told = events.Secrets.Redact(FailureOf(exception));
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
