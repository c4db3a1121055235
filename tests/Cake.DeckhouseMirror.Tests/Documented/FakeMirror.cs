using System.Collections.Immutable;
using Mirror.Engine;

namespace Cake.DeckhouseMirror.Tests.Documented;

/// <summary>An engine that moves nothing: it keeps what it was asked for, and reports an empty mirror.</summary>
public sealed class FakeMirror : IMirrorEngine
{
    private static readonly MirrorPlan _plan = new() { Source = "registry.test/ee", Archives = [] };

    private static readonly MirrorDiff _diff = new()
    {
        From = new MirrorDiffSide("source", _plan.Source, _plan.StateId),
        To = new MirrorDiffSide("source", _plan.Source, _plan.StateId),
    };

    public ImmutableArray<MirrorSettings> Asked { get; private set; } = [];

    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, _plan);

    public Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Locked(settings));

    public Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Locked(settings));

    public Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, _diff);

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Report(MirrorVerb.Pull));

    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Report(MirrorVerb.Push));

    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Report(MirrorVerb.Sync));

    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Report(MirrorVerb.Verify));

    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, new GostReport { Files = [], Duration = TimeSpan.Zero });

    public Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, new MirrorInventory
        {
            Target = settings.Target.Reference,
            InventoryFile = settings.InventoryFile ?? "",
            StateId = _plan.StateId,
            Depth = settings.CheckDepth,
            Repositories = 0,
            Tags = 0,
            Blobs = 0,
            Requests = 0,
        });

    public Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, new MirrorCheckResult
        {
            Depth = settings.CheckDepth,
            StateId = _plan.StateId,
            Images = 0,
            Targets = [],
        });

    public Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(settings, Report(MirrorVerb.Merge));

    private static MirrorLockResult Locked(MirrorPullSettings settings) =>
        new() { Plan = _plan, LockFile = settings.LockFile ?? "", HasChanged = false };

    private static MirrorReport Report(MirrorVerb verb) => new()
    {
        Verb = verb,
        Plan = _plan,
        Files = [],
        TransferredBytes = 0,
        Requests = 0,
        Duration = TimeSpan.Zero,
    };

    private Task<T> Answer<T>(MirrorSettings settings, T answer)
    {
        Asked = Asked.Add(settings);
        return Task.FromResult(answer);
    }
}
