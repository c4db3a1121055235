using System.Diagnostics;
using System.Text.Json;
using Mirror.Engine;

namespace Mirror.Benchmarks.Child;

/// <summary>One verb of the engine in a process of its own, so that what it uses is its own.</summary>
internal static class ChildWork
{
    /// <summary>The first argument of this program that asks for such work.</summary>
    public const string Marker = "child";

    /// <summary>Does the work and prints a <see cref="ChildResult"/>; a failure ends the process.</summary>
    public static async Task RunAsync(string[] args)
    {
        ChildArguments given = ChildArguments.Parse(args);
        MirrorEngine engine = new(new Dictionary<string, string>(), TimeProvider.System);
        ChildResult result = await DoAsync(given, engine);
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(result with { PeakBytes = self.PeakWorkingSet64 }));
    }

    private static async Task<ChildResult> DoAsync(ChildArguments given, MirrorEngine engine)
    {
        switch (given.Verb)
        {
            case "nothing":
                return new ChildResult();
            case "plan":
                MirrorPlan plan = await engine.PlanAsync(Pull(given), null, CancellationToken.None);
                return new ChildResult
                {
                    Images = plan.ImageCount,
                    Requests = plan.Requests,
                    FileBytes = plan.FileBytes,
                    Bytes = plan.TransferBytes,
                    References = given.Lists ? [.. References(plan)] : [],
                };
            case "lock":
                MirrorLockResult locked = await engine.LockAsync(Locked(given), null, CancellationToken.None);
                return new ChildResult { Images = locked.Plan.ImageCount, Requests = locked.Plan.Requests };
            case "locked-plan":
                MirrorPlan taken = await engine.PlanAsync(Locked(given), null, CancellationToken.None);
                return new ChildResult { Images = taken.ImageCount, Requests = taken.Requests };
            case "diff":
                MirrorDiff diff = await engine.DiffAsync(Compared(given), null, CancellationToken.None);
                return new ChildResult { Images = diff.Added.Length + diff.Moved.Length + diff.Gone.Length };
            case "pull":
                return Result(await engine.PullAsync(Pull(given), null, CancellationToken.None));
            case "verify":
                MirrorVerifySettings verify = new() { BundleDirectory = given.Bundle };
                return Result(await engine.VerifyAsync(verify, null, CancellationToken.None));
            case "push":
                return Result(await engine.PushAsync(Push(given), null, CancellationToken.None));
            case "sync":
                return Result(await engine.SyncAsync(Sync(given), null, CancellationToken.None));
            default:
                throw new ArgumentException($"There is no {given.Verb}.", nameof(given));
        }
    }

    private static MirrorPullSettings Pull(ChildArguments given) => new()
    {
        Source = new RegistryEndpoint(given.Source),
        Insecure = true,
        BundleDirectory = given.Bundle,
        Transfer = given.Limits,
    };

    /// <summary>Without a bundle; the folder has the lock.</summary>
    private static MirrorPullSettings Locked(ChildArguments given) => Pull(given) with
    {
        BundleDirectory = "",
        LockFile = Path.Combine(given.Bundle, "mirror.lock.json"),
    };

    /// <summary>The lock in the folder, with what the source has.</summary>
    private static MirrorDiffSettings Compared(ChildArguments given) => new()
    {
        From = Path.Combine(given.Bundle, "mirror.lock.json"),
        To = MirrorDiffSettings.SourceSide,
        Source = new RegistryEndpoint(given.Source),
        Insecure = true,
        Transfer = given.Limits,
    };

    private static MirrorPushSettings Push(ChildArguments given) => new()
    {
        Target = new RegistryEndpoint(given.Target),
        Insecure = true,
        BundleDirectory = given.Bundle,
        Transfer = given.Limits,
    };

    private static MirrorSyncSettings Sync(ChildArguments given) => new()
    {
        Source = new RegistryEndpoint(given.Source),
        Target = new RegistryEndpoint(given.Target),
        Insecure = true,
        TmpDirectory = given.Bundle,
        Transfer = given.Limits,
    };

    private static IEnumerable<ImageReference> References(MirrorPlan plan) =>
        plan.Archives.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images)
            .Select(image => new ImageReference(image.Repository, image.Tag, image.Digest.ToString()));

    private static ChildResult Result(MirrorReport report) => new()
    {
        Images = report.Plan.ImageCount,
        Requests = report.Requests,
        FileBytes = report.Plan.FileBytes,
        Bytes = report.TransferredBytes,
        SentBlobs = report.SentBlobs,
        MountedBlobs = report.MountedBlobs,
    };
}
