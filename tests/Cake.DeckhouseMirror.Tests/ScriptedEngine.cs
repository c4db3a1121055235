using Mirror.Engine;
using Mirror.Engine.Tests.Plan;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>Plays the engine as a user's test would: runs a script, keeps the settings, returns little.</summary>
internal sealed class ScriptedEngine(Func<IProgress<MirrorEvent>, CancellationToken, Task>? script = null)
    : IMirrorEngine
{
    private readonly List<(string Verb, MirrorSettings Settings)> _calls = [];

    /// <summary>The verbs that were called, with their settings.</summary>
    public IReadOnlyList<(string Verb, MirrorSettings Settings)> Calls => _calls;

    /// <summary>The last of them.</summary>
    public (string Verb, MirrorSettings Settings) Call => _calls[^1];

    public MirrorPlan Plan { get; } = SamplePlan.Make();

    public MirrorDiff Diff { get; } = new()
    {
        From = new MirrorDiffSide("bundle", "bundle", new string('1', 64)),
        To = new MirrorDiffSide("source", "registry.example/deckhouse/ee", new string('2', 64)),
    };

    public MirrorInventory Inventory { get; } = new()
    {
        Target = "target.example/mirror/ee",
        InventoryFile = "have.json",
        StateId = new string('3', 64),
        Depth = CheckDepth.Tags,
        Repositories = 1,
        Tags = 2,
        Blobs = 3,
        Requests = 4,
    };

    public MirrorCheckResult Checked { get; } = new()
    {
        Depth = CheckDepth.Tags,
        StateId = new string('3', 64),
        Images = 2,
        Targets = [],
    };

    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("plan", settings, Plan, progress!, cancellationToken);

    public Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("lock", settings, Locked(settings), progress!, cancellationToken);

    public Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("check", settings, Locked(settings), progress!, cancellationToken);

    public Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("diff", settings, Diff, progress!, cancellationToken);

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("pull", settings, Report(MirrorVerb.Pull), progress!, cancellationToken);

    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("push", settings, Report(MirrorVerb.Push), progress!, cancellationToken);

    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("sync", settings, Report(MirrorVerb.Sync), progress!, cancellationToken);

    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("verify", settings, Report(MirrorVerb.Verify), progress!, cancellationToken);

    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "gost",
            settings,
            new GostReport { Files = [], Kernel = "table", Finished = default, Duration = default },
            progress!,
            cancellationToken);

    public Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("inventory", settings, Inventory, progress!, cancellationToken);

    public Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("check target", settings, Checked, progress!, cancellationToken);

    public Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("merge", settings, Report(MirrorVerb.Merge), progress!, cancellationToken);

    private async Task<T> PlayAsync<T>(
        string verb, MirrorSettings settings, T result, IProgress<MirrorEvent> progress, CancellationToken stop)
    {
        _calls.Add((verb, settings));
        if (script is not null)
        {
            await script(progress, stop);
        }

        return result;
    }

    private MirrorLockResult Locked(MirrorPullSettings settings) =>
        new() { Plan = Plan, LockFile = settings.LockFile!, HasChanged = true };

    private MirrorReport Report(MirrorVerb verb) =>
        new() { Verb = verb, Plan = Plan, Files = [], TransferredBytes = 0, Requests = 1, Duration = default };
}
