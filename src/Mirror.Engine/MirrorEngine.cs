using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;

namespace Mirror.Engine;

/// <summary>The mirror itself. Holds no state between runs; connections, tokens and locks live in a run.</summary>
public sealed class MirrorEngine : IMirrorEngine
{
    private readonly EngineParts _parts;

    /// <summary>Makes an engine.</summary>
    /// <param name="environment">
    /// The environment variables that the engine may read (docs/settings.md). It never reads those of the process.
    /// </param>
    /// <param name="timeProvider">The clock.</param>
    public MirrorEngine(IReadOnlyDictionary<string, string> environment, TimeProvider timeProvider)
        : this(new EngineParts(new RunEnvironment(environment), timeProvider))
    {
    }

    internal MirrorEngine(EngineParts parts) => _parts = parts;

    /// <inheritdoc/>
    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new PlanFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new PullFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new PushFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new SyncFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new VerifyFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public Task<GostReport> VerifyGostDigestAsync(
        VerifyGostDigestSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        GuardAsync(() => new VerifyGostFlow(_parts, new EventSink(progress)).RunAsync(settings, cancellationToken));

    /// <summary>Turns what no room expected into a fault of our own: callers meet one kind of exception.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MirrorException and not OperationCanceledException)
        {
            throw new MirrorException(
                new Fault(
                    FaultCode.Defect,
                    $"The mirror itself failed: {exception.GetType().Name}: {exception.Message}",
                    "Please report it with the log at detail level 4 (MIRROR_DEBUG_LOG=4); it holds no secrets."),
                exception);
        }
    }
}
