using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>Each verb with its settings as a record, which are taken when the method is called.</summary>
public sealed partial class DeckhouseMirrorRunner
{
    private MirrorVerb<MirrorPlan> PlanVerb(D8MirrorPullSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorPullSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.PlanAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorLockResult> LockVerb(D8MirrorPullSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorPullSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.LockAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorLockResult> LockCheckVerb(D8MirrorPullSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorPullSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.CheckLockAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorDiff> DiffVerb(D8MirrorDiffSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorDiffSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.DiffAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorReport> PullVerb(D8MirrorPullSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorPullSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.PullAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorReport> PushVerb(D8MirrorPushSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorPushSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.PushAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorReport> SyncVerb(D8MirrorSyncSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorSyncSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.SyncAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorReport> VerifyVerb(D8MirrorVerifySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorVerifySettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.VerifyAsync(record, progress, stop);
    }

    private MirrorVerb<GostReport> GostVerb(D8MirrorVerifyGostDigestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorVerifyGostDigestSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.VerifyGostDigestAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorInventory> InventoryVerb(D8MirrorInventorySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorInventorySettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.InventoryAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorCheckResult> CheckVerb(D8MirrorCheckSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorCheckSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.CheckAsync(record, progress, stop);
    }

    private MirrorVerb<MirrorReport> MergeVerb(D8MirrorMergeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        MirrorMergeSettings record = settings.ToRecord(_context);
        return (engine, progress, stop) => engine.MergeAsync(record, progress, stop);
    }
}
