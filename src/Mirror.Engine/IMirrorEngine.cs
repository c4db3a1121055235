using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;

namespace Mirror.Engine;

/// <summary>The verbs of the mirror. One instance serves any number of runs, also at the same time.</summary>
public interface IMirrorEngine
{
    /// <summary>
    /// Says what a pull would move, without downloading it: every image by digest, every archive with its size.
    /// </summary>
    /// <param name="settings">What to pull; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; <see langword="null"/>: nobody listens.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="Errors.MirrorException">
    /// The settings are wrong (D8M1xxx), the registry fails (D8M2xxx) or lacks what was asked for (D8M3xxx, D8M4xxx).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Pulls a source into a bundle. Success means that exactly the plan is stored; a run that fails or is cancelled
    /// leaves nothing under a final name.
    /// </summary>
    /// <param name="settings">What to pull; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; <see langword="null"/>: nobody listens.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="Errors.MirrorException">
    /// As for <see cref="PlanAsync"/>, or the transfer (D8M5xxx) or the bundle (D8M6xxx) fails.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> PullAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken);
}
