using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>A delta and the bundles before it make the full bundle that was never pulled, bit for bit.</summary>
public sealed class MergeFlowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false, BundleFormat.PathPreserving)]
    [InlineData(100_000, true, BundleFormat.PathPreserving)]
    [InlineData(0, true, BundleFormat.Legacy025)]
    public async Task A_merge_gives_the_folder_of_a_pull_without_a_base(
        long chunkBytes, bool hasSums, BundleFormat format)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorPullSettings In(MirrorPullSettings settings) =>
            settings with { BundleChunkSize = chunkBytes, GostDigest = hasSums, BundleFormat = format };
        await run.PullAsync("a", [], In);
        run.PublishNext();
        MirrorReport delta = await run.PullAsync("delta", ["a"], In);
        MirrorReport full = await run.PullAsync("full", [], In);
        Assert.True(delta.Plan.OmittedBlobs > 0);

        MirrorReport merged = await run.MergeAsync(
            "merged", ["a", "delta"], settings => settings with { GostDigest = hasSums });

        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("merged")));
        Assert.Equal(full.Plan.StateId, merged.Plan.StateId);
        Assert.Equal(MirrorVerb.Merge, merged.Verb);
        Assert.Null(merged.Plan.DeltaBase);
        await run.VerifyAsync("merged");
        await run.VerifyAsync("delta");
        if (hasSums)
        {
            await run.Engine.VerifyGostDigestAsync(
                new MirrorVerifyGostDigestSettings { BundleDirectory = run.Path("delta") }, null, Cancellation);
        }
    }

    [Fact]
    public async Task A_chain_of_deltas_leads_to_the_last_full_bundle_in_any_order()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        run.PublishNext();
        await run.PullAsync("b", ["a"]);
        run.Publish("v1.72.0", "alpha", "beta", "early-access", "stable", "rock-solid");
        await run.PullAsync("c", ["b"]);
        await run.PullAsync("full", []);

        await run.MergeAsync("first", ["a", "b", "c"]);
        await run.MergeAsync("second", ["c", "b", "a"]);

        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("first")));
        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("second")));
    }

    [Fact]
    public async Task A_merge_with_a_lock_carries_it_and_is_that_of_the_lock()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.LockAsync("a.lock.json");
        run.PublishNext();
        await run.LockAsync("b.lock.json");
        await run.PullAsync("delta", ["a"], settings => settings with { LockFile = run.Path("b.lock.json") });
        await run.PullAsync("full", [], settings => settings with { LockFile = run.Path("b.lock.json") });

        await run.MergeAsync(
            "merged", ["a", "delta"], settings => settings with { LockFile = run.Path("b.lock.json") });
        Fault fault = (await FailAsync(
            run, ["a", "delta"], settings => settings with { LockFile = run.Path("a.lock.json") }))[0];

        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("merged")));
        Assert.Equal(FaultCode.LockedBytesDiffer, fault.Code);
    }

    [Fact]
    public async Task A_folder_of_another_bundle_is_replaced_only_by_force()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("full", []);
        await run.PullAsync("merged", [], settings => settings with { DeckhouseTag = "v1.70.4" });

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => run.MergeAsync("merged", ["a", "delta"]));
        MirrorReport report = await run.MergeAsync(
            "merged", ["a", "delta"], settings => settings with { Force = true });

        Assert.Equal("D8M6002", failure.Faults[0].Code);
        Assert.True(report.HasChanged);
        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("merged")));
        Assert.False((await run.MergeAsync("merged", ["a", "delta"])).HasChanged);
    }

    [Fact]
    public async Task A_merge_into_one_of_its_own_folders_is_refused()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => run.MergeAsync("delta", ["a", "delta"]));

        Assert.Equal(FaultCode.SettingsConflict, Assert.Single(failure.Faults).Code);
    }

    [Fact]
    public async Task A_merge_that_was_cancelled_leaves_no_final_name_and_goes_on_to_the_same()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("full", []);
        for (int events = 1; events < 6; events++)
        {
            using CancelAfter cancel = new(events);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Engine.MergeAsync(
                run.MergeSettings("merged", ["a", "delta"]), cancel, cancel.Token));
            Assert.False(File.Exists(run.Path("merged/platform.tar")));
        }

        await run.MergeAsync("merged", ["a", "delta"]);

        Assert.Equal(DeltaRun.Files(run.Path("full")), DeltaRun.Files(run.Path("merged")));
    }

    [Theory]
    [InlineData(".json")]
    [InlineData(".md")]
    [InlineData(".html")]
    public async Task The_report_says_what_was_merged(string extension)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();

        await run.MergeAsync("merged", ["a", "delta"], settings => settings with
        {
            ReportFile = run.Path("report" + extension),
        });

        string report = await File.ReadAllTextAsync(run.Path("report" + extension), Cancellation);
        Assert.Contains("merge", report, StringComparison.Ordinal);
        Assert.Contains("platform.tar", report, StringComparison.Ordinal);
    }

    private static async Task<Fault[]> FailAsync(
        DeltaRun run, string[] folders, Func<MirrorMergeSettings, MirrorMergeSettings>? change = null)
    {
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => run.MergeAsync("refused", folders, change));
        Assert.False(Directory.Exists(run.Path("refused")));
        return [.. failure.Faults];
    }

    private sealed class CancelAfter(int events) : IProgress<MirrorEvent>, IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private int _seen;

        public CancellationToken Token => _source.Token;

        public void Report(MirrorEvent value)
        {
            if (Interlocked.Increment(ref _seen) == events)
            {
                _source.Cancel();
            }
        }

        public void Dispose() => _source.Dispose();
    }
}
