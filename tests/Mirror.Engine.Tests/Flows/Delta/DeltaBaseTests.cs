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

        Dictionary<string, string>[] folders = await Task.WhenAll(
            s_forms.Select(async name =>
            {
                await run.PullAsync($"delta of {name}", [name]);
                return Files(run.Path($"delta of {name}"));
            }));

        Assert.All(folders, files => Assert.Equal(folders[0], files));
    }

    [Fact]
    public async Task A_base_that_differs_in_nothing_else_makes_another_bundle()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await run.PullAsync("full", []);

        Assert.NotEqual(Files(run.Path("full"))["platform.tar"], Files(run.Path("delta"))["platform.tar"]);
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
        Assert.Equal(Files(run.Path("only")), Files(run.Path("chosen")));
        Assert.Equal(only.Plan.OmittedBlobs, chosen.Plan.OmittedBlobs);
    }

    [Fact]
    public async Task An_id_that_no_base_has_is_refused_with_those_that_there_are()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));
        string state = HaveReader.Read(await File.ReadAllBytesAsync(run.Path("a.json"), Cancellation)).StateId;

        Fault fault = await RefusalAsync(
            run, ["a.json"], settings => settings with { DeltaBaseId = "0123456789ab" });

        Assert.Equal(FaultCode.BaseUnreadable, fault.Code);
        Assert.Contains(state[..12], fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789")]
    [InlineData("0123456789AB")]
    [InlineData("stable")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => run.PullAsync(
            "delta", [], settings => settings with { DeltaBaseId = id }));

        Assert.Equal(["D8M1002", "D8M1004"], failure.Faults.Select(fault => fault.Code).Order());
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_refused_with_the_nearest_name()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));

        Fault fault = await RefusalAsync(run, ["a.jsn"]);

        Assert.Equal(FaultCode.BaseUnreadable, fault.Code);
        Assert.Contains("a.json", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("{\"format\": \"deckhouse-mirror/have/2\"}")]
    public async Task A_file_that_is_no_base_is_refused(string content)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await File.WriteAllTextAsync(run.Path("base.json"), content, Cancellation);

        Assert.Equal(FaultCode.BaseUnreadable, (await RefusalAsync(run, ["base.json"])).Code);
    }

    [Theory]
    [InlineData("\"install\"", "\"../install\"")]
    [InlineData("\"install\"", "\"/install\"")]
    [InlineData("\"v1.70.4\"", "\"v1.70.9\"")]
    [InlineData("sha256:", "sha255:")]
    [InlineData("\"predicted\"", "\"guessed\"")]
    public async Task An_inventory_that_was_forged_is_refused(string text, string other)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));
        string content = await File.ReadAllTextAsync(run.Path("a.json"), Cancellation);
        Assert.Contains(text, content, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            run.Path("a.json"), content.Replace(text, other, StringComparison.Ordinal), Cancellation);

        Assert.Equal(FaultCode.BaseUnreadable, (await RefusalAsync(run, ["a.json"])).Code);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("target")]
    public async Task A_base_of_another_source_or_edition_is_refused(string member)
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));
        HaveFile have = HaveReader.Read(await File.ReadAllBytesAsync(run.Path("a.json"), Cancellation));
        HaveFile other = member == "source"
            ? have with { Source = "registry.example/deckhouse/ee" }
            : have with { Source = null, Target = "registry.example/deckhouse/fe" };
        await File.WriteAllBytesAsync(run.Path("other.json"), HaveWriter.Write(other), Cancellation);

        Fault fault = await RefusalAsync(run, ["other.json"]);

        Assert.Equal(FaultCode.BaseOfOtherSource, fault.Code);
        Assert.Contains("registry.example/deckhouse/", fault.Message, StringComparison.Ordinal);
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

    private static async Task<Fault> RefusalAsync(
        DeltaRun run, string[] bases, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(
            () => run.PullAsync("delta", bases, change))).Faults);
        Assert.False(File.Exists(run.Path("delta/platform.tar")));
        return fault;
    }

    private static Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(folder)
        .ToDictionary(path => Path.GetFileName(path), path => $"{Digest.OfSha256(File.ReadAllBytes(path))}");

    private static JsonElement Json(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
