using System.Text.Json;
using Mirror.Engine.Plan.Have;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>What a base is made of, and which bases are refused.</summary>
public sealed class DeltaBaseTests
{
    private static readonly string[] s_forms = ["a.have.json", "a.lock.json", "a"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_inventory_a_lock_and_a_bundle_of_one_state_give_one_delta()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "a.have.json");
        await run.Engine.LockAsync(
            run.PullSettings("a") with { LockFile = run.Path("a.lock.json") }, null, Cancellation);
        run.PublishNext();

        SortedDictionary<string, string>[] folders = await Task.WhenAll(
            s_forms.Select(async name =>
            {
                await run.PullAsync($"delta of {name}", [name]);
                return DeltaRun.Files(run.Path($"delta of {name}"));
            }));

        Assert.All(folders, files => Assert.Equal(folders[0], files));
    }

    [Fact]
    public async Task A_base_that_differs_in_nothing_else_makes_another_bundle()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("full", []);

        Assert.NotEqual(
            DeltaRun.Files(run.Path("full"))["platform.tar"], DeltaRun.Files(run.Path("delta"))["platform.tar"]);
        Assert.True(new FileInfo(run.Path("delta/platform.tar")).Length
            < new FileInfo(run.Path("full/platform.tar")).Length);
    }

    [Fact]
    public async Task The_index_the_inventory_and_the_bundle_say_what_is_left_out_and_what_the_full_bundle_is()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport delta = await run.PrepareDeltaAsync();
        MirrorReport full = await run.PullAsync("full", []);

        JsonElement inventory = Json(run.Path("delta/platform.tar.json"));
        JsonElement index = Json(run.Path("delta/bundle.json"));
        JsonElement fullInventory = Json(run.Path("full/platform.tar.json"));
        Assert.Equal(delta.Plan.DeltaBase, inventory.GetProperty("delta").GetProperty("base").GetString());
        Assert.Equal(delta.Plan.OmittedBlobs, inventory.GetProperty("delta").GetProperty("omittedBlobs").GetInt32());
        Assert.Equal(delta.Plan.OmittedBytes, index.GetProperty("delta").GetProperty("omittedBytes").GetInt64());
        Assert.Equal(
            fullInventory.GetProperty("fingerprint").GetString(),
            inventory.GetProperty("full").GetProperty("fingerprint").GetString());
        Assert.Equal(
            fullInventory.GetProperty("bytes").GetInt64(),
            inventory.GetProperty("full").GetProperty("bytes").GetInt64());
        Assert.Equal(
            full.Plan.Archives.Sum(archive => archive.FileBytes),
            index.GetProperty("full").GetProperty("bytes").GetInt64());
        Assert.False(fullInventory.TryGetProperty("delta", out _));
        Assert.False(Json(run.Path("full/bundle.json")).TryGetProperty("full", out _));
        Assert.Contains(
            $"\"annotations\": {{\n    \"io.deckhouse.mirror.delta.base\": \"{delta.Plan.DeltaBase}\"",
            await File.ReadAllTextAsync(run.Path("delta/platform.tar"), System.Text.Encoding.Latin1, Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_what_is_left_out_and_moves_nothing()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "a.have.json");
        run.PublishNext();

        MirrorPlan plan = await run.Engine.PlanAsync(run.PullSettings("delta", "a.have.json"), null, Cancellation);
        MirrorReport pulled = await run.PullAsync("delta", ["a.have.json"]);

        Assert.Equal(pulled.Plan.OmittedBytes, plan.OmittedBytes);
        Assert.Equal(pulled.Plan.FileBytes, plan.FileBytes);
        Assert.Equal(pulled.Plan.FullBytes, plan.FullBytes);
        Assert.True(plan.OmittedBytes > 0);
    }

    [Fact]
    public async Task Two_bases_are_taken_together_and_an_id_chooses_one_of_them()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));
        run.PublishNext();
        await run.PullAsync("b", [], With(run, "b.json"));
        run.Publish("v1.72.0", "alpha", "beta", "early-access", "stable", "rock-solid");
        HaveFile second = HaveReader.Read(await File.ReadAllBytesAsync(run.Path("b.json"), Cancellation));

        MirrorReport both = await run.PullAsync("both", ["a.json", "b.json"]);
        MirrorReport chosen = await run.PullAsync(
            "chosen", ["a.json", "b.json"], settings => settings with { DeltaBaseId = second.StateId[..12] });
        MirrorReport only = await run.PullAsync("only", ["b.json"]);

        Assert.Equal(second.StateId, chosen.Plan.DeltaBase);
        Assert.NotEqual(second.StateId, both.Plan.DeltaBase);
        Assert.Equal(DeltaRun.Files(run.Path("only")), DeltaRun.Files(run.Path("chosen")));
        Assert.Equal(only.Plan.OmittedBlobs, chosen.Plan.OmittedBlobs);
    }

    [Fact]
    public async Task A_base_that_saves_little_is_warned_of()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        HaveFile nothing = new()
        {
            Basis = HaveBasis.Target,
            Repositories = new HaveRepositories().Build(),
        };
        await File.WriteAllBytesAsync(run.Path("empty.json"), HaveWriter.Write(nothing), Cancellation);

        MirrorReport report = await run.PullAsync("delta", ["empty.json"]);

        Assert.Contains(report.Warnings, warning => warning.Code == FaultCode.BaseSavesLittle);
        Assert.Equal(0, report.Plan.OmittedBlobs);
    }

    [Fact]
    public async Task A_delta_is_verified_for_what_it_holds_and_says_what_it_leaves_out()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        MirrorReport delta = await run.PrepareDeltaAsync();

        MirrorReport verified = await run.VerifyAsync("delta");

        Assert.Equal(delta.Plan.StateId, verified.Plan.StateId);
        Assert.Equal(delta.Plan.DeltaBase, verified.Plan.DeltaBase);
        Assert.Equal(delta.Plan.OmittedBlobs, verified.Plan.OmittedBlobs);
    }

    [Fact]
    public async Task A_locked_delta_is_that_of_the_lock_and_is_verified_and_pushed_with_it()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", []);
        await run.PushAsync("a", "a.have.json");
        run.PublishNext();
        await run.Engine.LockAsync(
            run.PullSettings("") with { LockFile = run.Path("b.lock.json") }, null, Cancellation);
        run.Publish("v1.72.0", "alpha", "beta", "early-access", "stable", "rock-solid");

        MirrorReport pulled = await run.PullAsync(
            "delta", ["a.have.json"], settings => settings with { LockFile = run.Path("b.lock.json") });

        Assert.True(pulled.Plan.OmittedBlobs > 0);
        await run.VerifyAsync("delta", "b.lock.json");
        await run.Engine.PushAsync(
            run.PushSettings("delta") with { LockFile = run.Path("b.lock.json") }, null, Cancellation);
        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(async () =>
        {
            await run.Engine.LockAsync(
                run.PullSettings("") with { LockFile = run.Path("c.lock.json") }, null, Cancellation);
            await run.VerifyAsync("delta", "c.lock.json");
        });
        Assert.Contains(failure.Faults, fault => fault.Code == FaultCode.NotAsReviewed);
    }

    private static Func<MirrorPullSettings, MirrorPullSettings> With(DeltaRun run, string inventory) =>
        settings => settings with { InventoryFile = run.Path(inventory) };

    private static JsonElement Json(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
