using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
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
    public async Task What_no_folder_has_is_named_with_its_archive_and_nothing_is_written()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        run.PublishNext();
        MirrorReport b = await run.PullAsync("b", ["a"]);
        await run.PullAsync("other", [], settings => settings with { DeckhouseTag = "v1.71.3" });
        run.Publish("v1.72.0", "alpha", "beta", "early-access", "stable", "rock-solid");
        await run.PullAsync("c", ["b", "other"]);
        Directory.Delete(run.Path("a"), recursive: true);
        Directory.CreateDirectory(run.Path("a"));
        File.Copy(run.Path("other/platform.tar"), run.Path("a/platform.tar"));
        Assert.True(b.Plan.OmittedBlobs > 0);
        TakeLayersOut(run.Path("a/platform.tar"));

        Fault fault = Assert.Single(await FailAsync(run, ["a", "c"]));

        Assert.Equal(FaultCode.MergeContentMissing, fault.Code);
        Assert.StartsWith("platform.tar needs ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("sha256:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deltas_alone_make_no_full_bundle()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();

        Fault fault = Assert.Single(await FailAsync(run, ["delta"]));

        Assert.Equal(FaultCode.DeltaNotFull, fault.Code);
        Assert.Contains("a delta against", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_bundles_alone_need_no_merge()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        run.PublishNext();
        await run.PullAsync("b", []);

        Fault fault = Assert.Single(await FailAsync(run, ["a", "b"]));

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains("is a delta", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_deltas_that_do_not_follow_each_other_are_ambiguous()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        run.PublishNext();
        await run.PullAsync("b", ["a"]);
        run.Publish("v1.72.0", "alpha", "beta", "early-access", "stable", "rock-solid");
        await run.PullAsync("c", ["a"]);

        Fault fault = Assert.Single(await FailAsync(run, ["a", "b", "c"]));

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Contains(run.Path("b"), fault.Message, StringComparison.Ordinal);
        Assert.Contains(run.Path("c"), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("reference")]
    [InlineData("no inventory")]
    [InlineData("no index")]
    [InlineData("foreign file")]
    public async Task Records_that_do_not_lead_to_the_promised_bundle_are_refused(string forged)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        string inventory = run.Path("delta/platform.tar.json");
        string index = run.Path("delta/bundle.json");
        switch (forged)
        {
            case "full":
                Change(inventory, json => json["full"]!["fingerprint"] = new string('0', 64));
                break;
            case "reference":
                Change(inventory, json => json["layouts"]![0]!["images"]![0]!["reference"] = "x/y:z");
                break;
            case "no inventory":
                File.Delete(inventory);
                break;
            case "no index":
                File.Delete(index);
                break;
            default:
                Change(index, json => json["files"]!.AsArray().Add(new JsonObject
                {
                    ["name"] = "../escaped",
                    ["bytes"] = 0,
                    ["digest"] = $"{Digest.OfSha256(""u8)}",
                }));
                break;
        }

        Assert.All(
            await FailAsync(run, ["a", "delta"]),
            fault => Assert.Equal(FaultCode.InventoryDiffers, fault.Code));
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

    /// <summary>Replaces an archive by one that has the marks of nothing and other layers.</summary>
    private static void TakeLayersOut(string archive) => ForgedArchive.Change(archive, forged =>
    {
        forged.Entries.Clear();
        forged.Add("oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}"u8);
        forged.Add("index.json", "{\"schemaVersion\": 2, \"manifests\": []}"u8);
    });

    private static void Change(string path, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
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
