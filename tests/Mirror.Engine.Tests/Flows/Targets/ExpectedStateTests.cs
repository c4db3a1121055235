using System.Text;
using System.Text.Json;
using Mirror.Engine.Plan.Have;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>What a check compares with, and which targets it looks at.</summary>
public sealed class ExpectedStateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_a_bundle_an_archive_and_a_receipt_check_the_same()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        Func<MirrorCheckSettings, MirrorCheckSettings>[] ways =
        [
            settings => settings,
            settings => settings with { BundleDirectory = "", LockFile = run.Path("mirror.lock.json") },
            settings => settings with { BundleDirectory = "", InventoryFile = run.Path("receipt.json") },
            settings => settings with
            {
                BundleDirectory = "",
                Files = [run.Path("bundle/platform.tar"), run.Path("bundle/module-console.tar")],
            },
            settings => settings with
            {
                LockFile = run.Path("mirror.lock.json"),
                InventoryFile = run.Path("receipt.json"),
            },
        ];
        List<string> states = [];
        foreach (Func<MirrorCheckSettings, MirrorCheckSettings> way in ways)
        {
            states.Add((await run.CheckAsync(way)).StateId);
        }

        Assert.Single(states.Distinct());
        MirrorCheckResult one = await run.CheckAsync(settings => settings with
        {
            BundleDirectory = "",
            Files = [run.Path("bundle/module-console.tar")],
        });
        Assert.NotEqual(states[0], one.StateId);
    }

    [Fact]
    public async Task What_should_be_there_must_be_one_state()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        string receipt = await File.ReadAllTextAsync(run.Path("receipt.json"), Cancellation);
        HaveFile have = HaveReader.Read(Encoding.UTF8.GetBytes(receipt));
        HaveRepository channels = have.Repositories["release-channel"];
        HaveFile other = have with
        {
            Repositories = have.Repositories.SetItem("release-channel", channels with
            {
                Tags = channels.Tags.SetItem("stable", Digest.OfSha256("other"u8)),
            }),
        };
        await File.WriteAllBytesAsync(run.Path("other.json"), HaveWriter.Write(other), Cancellation);

        Fault fault = Assert.Single(await run.FailAsync(
            settings => settings with { InventoryFile = run.Path("other.json") }));

        Assert.Equal(FaultCode.NotAsReviewed, fault.Code);
        Assert.Contains("release-channel:stable", fault.Message, StringComparison.Ordinal);
        Assert.Empty(run.Target.Requests.All);
    }

    [Fact]
    public async Task Every_target_is_checked_whatever_is_wrong_with_the_others()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        await using TestRegistry second = await PushRun.StartTargetAsync();
        await using TestRegistry third = await PushRun.StartTargetAsync();
        await run.PushAsync($"{third.Host}/other/ee");
        third.Content.Repository("other/ee/install").RemoveTag("v1.70.4");
        second.Faults.Add(_ => true, new RegistryFault { Status = 401 });

        Fault[] faults = await run.FailAsync(settings => settings with
        {
            Targets = [$"{second.Host}/mirror/ee", $"{third.Host}/other/ee"],
            ReportFile = run.Path("check.json"),
        });

        Assert.Equal(
            [$"{run.Target.Host}/mirror/ee", $"{second.Host}/mirror/ee", $"{third.Host}/other/ee"],
            run.Checked.Select(target => target.Target));
        Assert.Equal([true, false, false], run.Checked.Select(target => target.IsWhole));
        Assert.StartsWith("D8M2", faults[0].Code, StringComparison.Ordinal);
        Assert.Contains(second.Host, faults[0].Message, StringComparison.Ordinal);
        Assert.Equal(FaultCode.TargetImageMissing, faults[^1].Code);
        JsonElement report = Json(run.Path("check.json"));
        Assert.Equal("failed", report.GetProperty("result").GetString());
        Assert.Equal(
            [true, false, false],
            report.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("whole").GetBoolean()));
    }

    [Fact]
    public async Task A_path_of_modules_and_a_bare_root_say_where_images_are_looked_for()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        Fault fault = Assert.Single(await run.FailAsync(
            settings => settings with { ModulesPathSuffix = "/other" }));

        Assert.Contains("mirror/ee/other/console", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mirror/ee/modules/console", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_must_be_named_that_should_be_there()
    {
        await using CheckRun run = await CheckRun.StartAsync();

        Fault fault = Assert.Single(await run.FailAsync(settings => settings with { BundleDirectory = "" }));

        Assert.Equal(FaultCode.SettingMissing, fault.Code);
    }

    private static JsonElement Json(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
