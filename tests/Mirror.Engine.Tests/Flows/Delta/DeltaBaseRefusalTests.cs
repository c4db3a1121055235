using Mirror.Engine.Plan.Have;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Delta;

/// <summary>Bases that are refused, before anything is asked for or written.</summary>
public sealed class DeltaBaseRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task Everything_that_is_wrong_with_the_bases_is_said_at_once()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await File.WriteAllTextAsync(run.Path("text.json"), "text", Cancellation);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => run.PullAsync("delta", ["missing.json", "text.json"]));

        Assert.Equal(
            [run.Path("missing.json"), run.Path("text.json")],
            failure.Faults.Select(fault => fault.Settings[0].Value));
    }

    [Fact]
    public async Task A_prediction_does_not_replace_a_base_of_its_pull()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PullAsync("a", [], With(run, "a.json"));
        byte[] before = await File.ReadAllBytesAsync(run.Path("a.json"), Cancellation);
        run.PublishNext();

        Fault fault = await RefusalAsync(run, ["a.json"], With(run, "a.json"));
        await run.Engine.PlanAsync(With(run, "a.json")(run.PullSettings("", "a.json")), null, Cancellation);

        Assert.Equal(FaultCode.SettingsConflict, fault.Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(run.Path("a.json"), Cancellation));
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
}
