using System.Collections.Immutable;
using Mirror.Engine;
using Mirror.Engine.Tests.Plan;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>Plays the engine: runs a script, keeps the settings, returns a small plan or report.</summary>
internal sealed class ScriptedEngine(Func<IProgress<MirrorEvent>, CancellationToken, Task>? script = null)
    : IMirrorEngine
{
    public static readonly string GostDigest = new('b', 64);

    /// <summary>The verb that was called; empty: none.</summary>
    public string Verb { get; private set; } = "";

    /// <summary>What that verb was given.</summary>
    public MirrorSettings? Settings { get; private set; }

    public MirrorPlan Plan { get; init; } = SamplePlan.Make();

    /// <summary>What a comparison comes to.</summary>
    public MirrorDiff Diff { get; init; } = new()
    {
        From = new MirrorDiffSide("bundle", "bundle", new string('1', 64)),
        To = new MirrorDiffSide("source", "registry.example/deckhouse/ee", new string('2', 64)),
        Bytes = new DiffedBytes(New: 300),
        Added = [new ChangedImage("module-console.tar", "modules/console", "v1.0.0", SamplePlan.Digest, null)],
        Moved = [new ChangedImage("platform.tar", "", "stable", SamplePlan.Digest, SamplePlan.Digest)],
        Gone = [new ChangedImage("platform.tar", "install", "v1; 100%", null, SamplePlan.Digest)],
    };

    /// <summary>What becomes of a lock.</summary>
    public bool HasChanged { get; init; } = true;

    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("plan", settings, () => Plan, progress!, cancellationToken);

    public Task<MirrorLockResult> LockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("lock", settings, () => Locked(settings), progress!, cancellationToken);

    public Task<MirrorLockResult> CheckLockAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("check", settings, () => Locked(settings), progress!, cancellationToken);

    public Task<MirrorDiff> DiffAsync(
        MirrorDiffSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync("diff", settings, () => Diff, progress!, cancellationToken);

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "pull", settings, () => Report(MirrorVerb.Pull, settings.BundleDirectory), progress!, cancellationToken);

    public Task<MirrorReport> PushAsync(
        MirrorPushSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "push", settings, () => Report(MirrorVerb.Push, settings.BundleDirectory), progress!, cancellationToken);

    public Task<MirrorReport> SyncAsync(
        MirrorSyncSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "sync", settings, () => Report(MirrorVerb.Sync, ""), progress!, cancellationToken);

    public Task<MirrorReport> VerifyAsync(
        MirrorVerifySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "verify",
            settings,
            () => Report(MirrorVerb.Verify, settings.BundleDirectory),
            progress!,
            cancellationToken);

    public Task<GostReport> VerifyGostDigestAsync(
        MirrorVerifyGostDigestSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "gost",
            settings,
            () => new GostReport
            {
                Files = FilesIn(settings.BundleDirectory),
                Kernel = "table",
                Finished = default,
                Duration = TimeSpan.Zero,
            },
            progress!,
            cancellationToken);

    public Task<MirrorInventory> InventoryAsync(
        MirrorInventorySettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "inventory",
            settings,
            () => new MirrorInventory
            {
                Target = settings.Target.Reference,
                InventoryFile = settings.InventoryFile!,
                StateId = Plan.StateId,
                Depth = settings.CheckDepth,
                Repositories = 1,
                Tags = 2,
                Blobs = 3,
                Requests = 4,
            },
            progress!,
            cancellationToken);

    public Task<MirrorCheckResult> CheckAsync(
        MirrorCheckSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "check target",
            settings,
            () => new MirrorCheckResult
            {
                Depth = settings.CheckDepth,
                StateId = Plan.StateId,
                Images = 2,
                Targets = [],
            },
            progress!,
            cancellationToken);

    public Task<MirrorReport> MergeAsync(
        MirrorMergeSettings settings,
        IProgress<MirrorEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        PlayAsync(
            "merge", settings, () => Report(MirrorVerb.Merge, settings.BundleDirectory), progress!, cancellationToken);

    /// <summary>The settings of the one call, which had to be of this kind.</summary>
    public T Given<T>()
        where T : MirrorSettings => (T)Settings!;

    private async Task<T> PlayAsync<T>(
        string verb, MirrorSettings settings, Func<T> result, IProgress<MirrorEvent> progress, CancellationToken stop)
    {
        Verb = verb;
        Settings = settings;
        if (script is not null)
        {
            await script(progress, stop);
        }

        return result();
    }

    private MirrorLockResult Locked(MirrorPullSettings settings) =>
        new() { Plan = Plan, LockFile = settings.LockFile!, HasChanged = HasChanged };

    private MirrorReport Report(MirrorVerb verb, string bundle) => new()
    {
        Verb = verb,
        Plan = Plan,
        Files = FilesIn(bundle),
        TransferredBytes = 700,
        Requests = 1,
        Repositories = [new("mirror/ee", Pushed: 3, AlreadyThere: 2), new("mirror/ee/install", 0, 1)],
        Duration = TimeSpan.Zero,
    };

    private ImmutableArray<ReportedFile> FilesIn(string bundle) =>
    [
        .. Plan.Archives.Select(archive => new ReportedFile(
            archive.Name, Path.Combine(bundle, archive.Name), archive.FileBytes, archive.ImageCount)
        {
            GostDigest = GostDigest,
        }),
    ];
}
