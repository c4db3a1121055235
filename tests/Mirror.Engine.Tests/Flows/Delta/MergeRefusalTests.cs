using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Bundles;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>Folders that make no full bundle are refused, and nothing is written.</summary>
public sealed class MergeRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Everything_that_is_wrong_with_the_folders_is_said_at_once()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();

        Fault[] faults = await FailAsync(run, ["first", "second"]);

        Assert.Equal(2, faults.Length);
        Assert.Contains(run.Path("first"), faults[0].Message, StringComparison.Ordinal);
        Assert.Contains(run.Path("second"), faults[1].Message, StringComparison.Ordinal);
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
}
