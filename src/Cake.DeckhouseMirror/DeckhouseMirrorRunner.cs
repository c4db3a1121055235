using Cake.Core;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>
/// What the aliases do, as an object: settings with paths from Cake's working directory, events into Cake's log, faults
/// as <see cref="CakeException"/>. Tasks in C# (Cake.Frosting) that hold a runner can be tested with an
/// <see cref="IMirrorEngine"/> of the test in place of the real one.
/// </summary>
/// <remarks>
/// Every method logs each fault as an error, with code and advice (docs/errors.md), and then fails with a
/// <see cref="CakeException"/> whose message names the codes and whose inner exception is the
/// <see cref="MirrorException"/>. Ctrl+C and SIGTERM end a run, which has then failed (D8M8002) and can be repeated to
/// finish it; every later run of the process is refused.
/// </remarks>
/// <example>
/// <code>
/// public sealed class BuildContext : FrostingContext
/// {
///     public BuildContext(ICakeContext context) : base(context) => Mirror = new DeckhouseMirrorRunner(this);
///
///     public BuildContext(ICakeContext context, IMirrorEngine engine) : base(context) =>
///         Mirror = new DeckhouseMirrorRunner(this, engine);
///
///     public DeckhouseMirrorRunner Mirror { get; }
/// }
/// </code>
/// </example>
public sealed partial class DeckhouseMirrorRunner
{
    private readonly ICakeContext _context;
    private readonly IMirrorEngine? _engine;
    private readonly Interruption _interruption;

    /// <summary>
    /// Makes a runner with the engine that is registered in Cake's container, as tests do, or else with the real one,
    /// which sees the variables of Cake's environment. The aliases do the same.
    /// </summary>
    /// <param name="context">The context of the script or task.</param>
    public DeckhouseMirrorRunner(ICakeContext context)
        : this(context, RegisteredEngine(context), Interruption.OfProcess)
    {
    }

    /// <summary>Makes a runner with another engine.</summary>
    /// <param name="context">The context of the script or task.</param>
    /// <param name="engine">What does the work.</param>
    public DeckhouseMirrorRunner(ICakeContext context, IMirrorEngine engine)
        : this(context, engine ?? throw new ArgumentNullException(nameof(engine)), Interruption.OfProcess)
    {
    }

    internal DeckhouseMirrorRunner(ICakeContext context, IMirrorEngine? engine, Interruption interruption)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _engine = engine;
        _interruption = interruption;
    }

    /// <summary>Says what a pull would move, without downloading it.</summary>
    /// <param name="settings">What to pull.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made, or was cancelled.</exception>
    public MirrorPlan Plan(D8MirrorPullSettings settings) => Run(PlanVerb(settings));

    /// <summary>As <see cref="Plan"/>, without holding a thread.</summary>
    /// <param name="settings">What to pull.</param>
    /// <returns>The plan: every image by digest, every archive with its size.</returns>
    /// <exception cref="CakeException">The plan could not be made, or was cancelled.</exception>
    public Task<MirrorPlan> PlanAsync(D8MirrorPullSettings settings) => RunAsync(PlanVerb(settings));

    /// <summary>Writes the lock of a pull: which image each tag stands for now.</summary>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What is locked, and what changed.</returns>
    /// <exception cref="CakeException">The lock could not be made, or the run was cancelled.</exception>
    public MirrorLockResult Lock(D8MirrorPullSettings settings) => Run(LockVerb(settings));

    /// <summary>As <see cref="Lock"/>, without holding a thread.</summary>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What is locked, and what changed.</returns>
    /// <exception cref="CakeException">The lock could not be made, or the run was cancelled.</exception>
    public Task<MirrorLockResult> LockAsync(D8MirrorPullSettings settings) => RunAsync(LockVerb(settings));

    /// <summary>Says what <see cref="Lock"/> would change, and writes nothing.</summary>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked, or the run was cancelled.</exception>
    public MirrorLockResult LockCheck(D8MirrorPullSettings settings) => Run(LockCheckVerb(settings));

    /// <summary>As <see cref="LockCheck"/>, without holding a thread.</summary>
    /// <param name="settings">What to pull, and the lock.</param>
    /// <returns>What would be locked, and what would change; a change is no failure.</returns>
    /// <exception cref="CakeException">The lock could not be checked, or the run was cancelled.</exception>
    public Task<MirrorLockResult> LockCheckAsync(D8MirrorPullSettings settings) => RunAsync(LockCheckVerb(settings));

    /// <summary>Compares two states: files, bundles, what a pull would take, or what a registry holds.</summary>
    /// <param name="settings">What to compare.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared, or the run was cancelled.</exception>
    public MirrorDiff Diff(D8MirrorDiffSettings settings) => Run(DiffVerb(settings));

    /// <summary>As <see cref="Diff"/>, without holding a thread.</summary>
    /// <param name="settings">What to compare.</param>
    /// <returns>What changes; changes are no failure.</returns>
    /// <exception cref="CakeException">The states could not be compared, or the run was cancelled.</exception>
    public Task<MirrorDiff> DiffAsync(D8MirrorDiffSettings settings) => RunAsync(DiffVerb(settings));

    /// <summary>Pulls a source into a bundle.</summary>
    /// <param name="settings">What to pull, from where, into which folder.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed, or was cancelled.</exception>
    public MirrorReport Pull(D8MirrorPullSettings settings) => Run(PullVerb(settings));

    /// <summary>As <see cref="Pull"/>, without holding a thread.</summary>
    /// <param name="settings">What to pull, from where, into which folder.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The pull failed, or was cancelled.</exception>
    public Task<MirrorReport> PullAsync(D8MirrorPullSettings settings) => RunAsync(PullVerb(settings));

    /// <summary>Pushes a bundle into a registry.</summary>
    /// <param name="settings">What to push, and where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed, or was cancelled.</exception>
    public MirrorReport Push(D8MirrorPushSettings settings) => Run(PushVerb(settings));

    /// <summary>As <see cref="Push"/>, without holding a thread.</summary>
    /// <param name="settings">What to push, and where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The push failed, or was cancelled.</exception>
    public Task<MirrorReport> PushAsync(D8MirrorPushSettings settings) => RunAsync(PushVerb(settings));

    /// <summary>Copies what a pull would select straight into a registry, without a bundle.</summary>
    /// <param name="settings">What to copy from where to where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed, or was cancelled.</exception>
    public MirrorReport Sync(D8MirrorSyncSettings settings) => Run(SyncVerb(settings));

    /// <summary>As <see cref="Sync"/>, without holding a thread.</summary>
    /// <param name="settings">What to copy from where to where.</param>
    /// <returns>The report: plan, what was pushed into each repository, warnings.</returns>
    /// <exception cref="CakeException">The sync failed, or was cancelled.</exception>
    public Task<MirrorReport> SyncAsync(D8MirrorSyncSettings settings) => RunAsync(SyncVerb(settings));

    /// <summary>Verifies a bundle: archives whole, every digest true, every image complete.</summary>
    /// <param name="settings">What to verify.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle, or the run was cancelled.</exception>
    public MirrorReport Verify(D8MirrorVerifySettings settings) => Run(VerifyVerb(settings));

    /// <summary>As <see cref="Verify"/>, without holding a thread.</summary>
    /// <param name="settings">What to verify.</param>
    /// <returns>The report: what the bundle holds, its files, warnings.</returns>
    /// <exception cref="CakeException">Something is wrong with the bundle, or the run was cancelled.</exception>
    public Task<MirrorReport> VerifyAsync(D8MirrorVerifySettings settings) =>
        RunAsync(VerifyVerb(settings));

    /// <summary>Verifies the GOST R 34.11-2012 sums beside archives.</summary>
    /// <param name="settings">What to verify.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong or missing, or the run was cancelled.</exception>
    public GostReport VerifyGostDigest(D8MirrorVerifyGostDigestSettings settings) =>
        Run(GostVerb(settings));

    /// <summary>As <see cref="VerifyGostDigest"/>, without holding a thread.</summary>
    /// <param name="settings">What to verify.</param>
    /// <returns>The files with their sums.</returns>
    /// <exception cref="CakeException">A sum is wrong or missing, or the run was cancelled.</exception>
    public Task<GostReport> VerifyGostDigestAsync(D8MirrorVerifyGostDigestSettings settings) =>
        RunAsync(GostVerb(settings));

    /// <summary>Writes what a target holds into a file; nothing is written to the target.</summary>
    /// <param name="settings">Which target, and the file.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken, or the run was cancelled.</exception>
    public MirrorInventory Inventory(D8MirrorInventorySettings settings) => Run(InventoryVerb(settings));

    /// <summary>As <see cref="Inventory"/>, without holding a thread.</summary>
    /// <param name="settings">Which target, and the file.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken, or the run was cancelled.</exception>
    public Task<MirrorInventory> InventoryAsync(D8MirrorInventorySettings settings) =>
        RunAsync(InventoryVerb(settings));

    /// <summary>Compares targets with what should be there; nothing is written.</summary>
    /// <param name="settings">Which targets, and what should be there.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be, or the run was cancelled.</exception>
    public MirrorCheckResult Check(D8MirrorCheckSettings settings) => Run(CheckVerb(settings));

    /// <summary>As <see cref="Check"/>, without holding a thread.</summary>
    /// <param name="settings">Which targets, and what should be there.</param>
    /// <returns>What was found at each target.</returns>
    /// <exception cref="CakeException">A target is not as it should be, or the run was cancelled.</exception>
    public Task<MirrorCheckResult> CheckAsync(D8MirrorCheckSettings settings) => RunAsync(CheckVerb(settings));

    /// <summary>Makes a full bundle out of a delta and the bundles before it.</summary>
    /// <param name="settings">What to merge, and where to.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed, or was cancelled.</exception>
    public MirrorReport Merge(D8MirrorMergeSettings settings) => Run(MergeVerb(settings));

    /// <summary>As <see cref="Merge"/>, without holding a thread.</summary>
    /// <param name="settings">What to merge, and where to.</param>
    /// <returns>The report: plan, files, sizes, warnings.</returns>
    /// <exception cref="CakeException">The merge failed, or was cancelled.</exception>
    public Task<MirrorReport> MergeAsync(D8MirrorMergeSettings settings) => RunAsync(MergeVerb(settings));

    private static IMirrorEngine? RegisteredEngine(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        // A context that a test made up has no container.
        return context.ServiceProvider?.GetService(typeof(IMirrorEngine)) as IMirrorEngine;
    }

    private T Run<T>(MirrorVerb<T> verb)
    {
        using MirrorCall call = new(_context, _engine, _interruption);
        return call.Run(verb);
    }

    private async Task<T> RunAsync<T>(MirrorVerb<T> verb)
    {
        using MirrorCall call = new(_context, _engine, _interruption);
        return await call.RunAsync(verb).ConfigureAwait(false);
    }
}
