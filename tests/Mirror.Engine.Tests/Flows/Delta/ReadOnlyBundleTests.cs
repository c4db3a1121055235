using Mirror.Engine.Disk;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Kit;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>
/// Bundles on a read-only medium are bases, are merged, pushed and checked: nothing is written to them.
/// </summary>
public sealed class ReadOnlyBundleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_base_a_merge_a_push_and_a_check_only_read_their_bundles()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a");
        run.PublishNext();
        MirrorEngine engine = ReadOnly(run, "a");
        await engine.PullAsync(run.PullSettings("delta", "a"), null, Cancellation);
        engine = ReadOnly(run, "a", "delta");

        await engine.PlanAsync(run.PullSettings("", "a", "delta"), null, Cancellation);
        await engine.MergeAsync(run.MergeSettings("merged", "a", "delta"), null, Cancellation);
        await engine.VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = run.Path("delta") }, null, Cancellation);
        await engine.PushAsync(run.PushSettings("delta"), null, Cancellation);
        await engine.CheckAsync(
            new MirrorCheckSettings
            {
                Target = run.PushSettings("").Target,
                Insecure = true,
                BundleDirectory = run.Path("delta"),
            },
            null,
            Cancellation);
        await engine.InventoryAsync(
            new MirrorInventorySettings
            {
                Target = run.PushSettings("").Target,
                Insecure = true,
                BundleDirectory = run.Path("delta"),
                InventoryFile = run.Path("have.json"),
            },
            null,
            Cancellation);

        await run.PullAsync("full", []);
        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("merged")));
        await Assert.ThrowsAsync<MirrorException>(
            () => ReadOnly(run, "a", "delta").PullAsync(run.PullSettings("a"), null, Cancellation));
    }

    private static MirrorEngine ReadOnly(DeltaRun run, params string[] folders) => new(
        new EngineParts(new RunEnvironment(new Dictionary<string, string>()), TimeProvider.System)
        {
            Disk = new ReadOnlyFolders(new PhysicalDisk(), [.. folders.Select(run.Path)]),
        });
}
