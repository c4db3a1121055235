namespace Mirror.Engine;

/// <summary>The verbs of the mirror. One instance serves any number of runs, also at the same time.</summary>
public interface IMirrorEngine
{
    /// <summary>
    /// Says what a pull would move, without downloading it: every image by digest, every archive with its size. Leaves
    /// no trace in the bundle's folder, which may be read-only, in use by a pull, or not named at all.
    /// </summary>
    /// <param name="settings">What to pull; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="MirrorException">
    /// The settings are wrong (D8M1xxx), the registry fails (D8M2xxx) or lacks what was asked for (D8M3xxx, D8M4xxx).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the lock of a pull: which image each tag stands for now. With
    /// <see cref="MirrorSelectionSettings.LockUpdate"/> only these parts of an earlier lock are resolved anew. A lock
    /// that says the same already is left alone (docs/lock.md).
    /// </summary>
    /// <param name="settings">What to pull, and the lock; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What is locked, and what changed.</returns>
    /// <exception cref="MirrorException">
    /// As for <see cref="PlanAsync"/>, or the earlier lock cannot be read or updated (D8M4102 to D8M4107).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Says what <see cref="LockAsync"/> would change, and writes nothing. A change is a warning (D8M4150), never a
    /// failure.
    /// </summary>
    /// <param name="settings">What to pull, and the lock; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What would be locked, and what would change.</returns>
    /// <exception cref="MirrorException">As for <see cref="LockAsync"/>, or there is no lock (D8M4101).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Pulls a source into a bundle. Success means that exactly the plan is stored; a run that fails or is cancelled
    /// leaves nothing under a final name.
    /// </summary>
    /// <param name="settings">What to pull; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MirrorException">
    /// As for <see cref="PlanAsync"/>, or the transfer (D8M5xxx) or the bundle (D8M6xxx) fails.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Pushes a bundle into a registry, straight out of its archives. The whole bundle is checked before anything is
    /// sent, and no tag is written before all content is there. Success means that every tag of the bundle was read
    /// back from the target as planned.
    /// </summary>
    /// <param name="settings">What to push where; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MirrorException">
    /// The settings (D8M1xxx), the bundle (D8M6xxx, D8M7xxx), its plan (D8M4xxx), the target (D8M2xxx) or the transfer
    /// (D8M5xxx) fails.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies what a pull would select straight into a registry, without a bundle. Success means that every tag of the
    /// plan was read back from the target as planned.
    /// </summary>
    /// <param name="settings">What to copy from where to where; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MirrorException">
    /// As for <see cref="PlanAsync"/>, or the plan (D8M4xxx), the target (D8M2xxx) or the transfer (D8M5xxx) fails.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Verifies a bundle: every archive is whole, every digest true, every image complete, every inventory right.
    /// </summary>
    /// <param name="settings">What to verify; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MirrorException">
    /// The settings are wrong (D8M1xxx), or the bundle is: everything that is wrong with it, at once (D8M6xxx,
    /// D8M7xxx).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Verifies the GOST R 34.11-2012 sums beside archives: each file has one, and it is true.</summary>
    /// <param name="settings">What to verify; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The files and their sums.</returns>
    /// <exception cref="MirrorException">
    /// The settings are wrong (D8M1xxx), archives are missing (D8M6xxx), or sums are wrong, missing, malformed or left
    /// alone (D8M7004 to D8M7007): all at once.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Compares two states, each of them a file, a bundle, what a pull would take now, or what a registry holds now.
    /// Changes are a result, never a failure; nothing is written but the report.
    /// </summary>
    /// <param name="settings">What to compare; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What changes from one state to the other.</returns>
    /// <exception cref="MirrorException">
    /// The settings are wrong (D8M1xxx), a side cannot be read or is of another source (D8M4201), or a registry or
    /// bundle fails as for the verbs that read one.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes what a target holds into a file: tags and content by repository (docs/check.md#inventory). Nothing is
    /// written to the target.
    /// </summary>
    /// <param name="settings">Which target, and where to; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="MirrorException">
    /// The settings (D8M1xxx) or the target (D8M2xxx) fails, or the lock or bundle whose tags are looked for (D8M4101,
    /// D8M4102, D8M6xxx, D8M7xxx).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Compares targets with a lock, a bundle or an inventory. Nothing is written. Success means that every tag that
    /// should be there is there, as far as <see cref="MirrorCheckSettings.CheckDepth"/> looks. What is found of each
    /// target is reported by <see cref="TargetChecked"/>, also when the check fails.
    /// </summary>
    /// <param name="settings">Which targets, and what should be there; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="MirrorException">
    /// The settings (D8M1xxx) fail, or a target does (D8M2xxx), or is not as it should be (D8M7101 to D8M7103): what
    /// is wrong with all targets, at once.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a full bundle out of a delta and the bundles before it: bit for bit the bundle that a pull without a base
    /// would have written.
    /// </summary>
    /// <param name="settings">What to merge, and where to; checked whole first.</param>
    /// <param name="progress">Receives events, from any thread; by default, events are dropped.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MirrorException">
    /// The settings (D8M1xxx) fail, a bundle does (D8M6xxx, D8M7xxx), or content is in none of them (D8M6201,
    /// D8M6202).
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default);
}
