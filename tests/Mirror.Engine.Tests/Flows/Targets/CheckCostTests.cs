using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Targets;

/// <summary>What a check costs: at most one question for each tag, whatever the target has.</summary>
public sealed class CheckCostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_target_costs_one_question_for_each_tag_and_one_list_for_each_repository()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        MirrorCheckResult whole = await run.CheckAsync();
        await using TestRegistry empty = await PushRun.StartTargetAsync();

        Fault fault = Assert.Single(await run.FailAsync(
            settings => settings with { Target = new RegistryEndpoint($"{empty.Host}/mirror/ee") }));

        Assert.Equal(FaultCode.TargetImageMissing, fault.Code);
        CheckedTarget target = Assert.Single(run.Checked);
        Assert.Equal(whole.Images, target.FindingCount);
        Assert.Equal(whole.Targets[0].Requests, target.Requests);
        Assert.All(
            empty.Requests.All.CountBy(record => record.Path), one => Assert.Equal(1, one.Value));
    }

    [Fact]
    public async Task Half_of_the_tags_missing_costs_what_a_whole_target_does()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        int whole = (await run.CheckAsync()).Targets[0].Requests;
        foreach (RepositoryContent repository in run.Filled)
        {
            foreach (string tag in repository.Tags.Where((_, index) => index % 2 == 0))
            {
                repository.RemoveTag(tag);
            }
        }

        run.Target.Requests.Clear();
        await run.FailAsync();

        Assert.Equal(whole, run.Target.Requests.All.Count);
        Assert.All(
            run.Target.Requests.All.CountBy(record => record.Path), one => Assert.Equal(1, one.Value));
    }

    [Fact]
    public async Task A_list_that_leaves_out_a_tag_takes_nothing_from_the_target()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        run.Target.Faults.Add(
            request => request.Path.EndsWith("/tags/list", StringComparison.Ordinal),
            new RegistryFault { Status = 404, ErrorCode = "NAME_UNKNOWN" });

        MirrorCheckResult result = await run.CheckAsync();

        Assert.True(result.Targets[0].IsWhole);
    }

    [Fact]
    public async Task A_bare_root_says_where_the_installer_is_looked_for()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        string archive = PushRun.Recorded("0.33");
        await using TestRegistry target = await PushRun.StartTargetAsync();
        PushRun push = new(target.Host, archive);
        push.Settings = push.Settings with { BareRoot = BareRoot.Target };
        await push.PushAsync();

        await run.CheckAsync(settings => At(settings) with { BareRoot = BareRoot.Target });
        Fault fault = Assert.Single(await run.FailAsync(At));
        await run.InventoryAsync("right.json", settings => settings with
        {
            Target = push.Settings.Target,
            BareRoot = BareRoot.Target,
            BundleDirectory = archive,
        });
        await run.InventoryAsync("wrong.json", settings => settings with
        {
            Target = push.Settings.Target,
            BundleDirectory = archive,
        });

        Assert.Equal(FaultCode.TargetImageMissing, fault.Code);
        Assert.Contains($"{target.Host}/mirror/installer:", fault.Message, StringComparison.Ordinal);
        Assert.True(
            new FileInfo(run.Path("right.json")).Length > new FileInfo(run.Path("wrong.json")).Length);

        MirrorCheckSettings At(MirrorCheckSettings settings) => settings with
        {
            Target = push.Settings.Target,
            BundleDirectory = archive,
        };
    }

    [Fact]
    public async Task A_state_without_images_is_no_state_to_check_against()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        await using TestRegistry empty = await PushRun.StartTargetAsync();
        await run.InventoryAsync(
            "empty.json", settings => settings with { Target = new RegistryEndpoint($"{empty.Host}/mirror/ee") });

        Fault fault = Assert.Single(await run.FailAsync(settings => settings with
        {
            BundleDirectory = "",
            InventoryFile = run.Path("empty.json"),
        }));

        Assert.Equal(FaultCode.PlanEmpty, fault.Code);
        Assert.Contains("empty.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inventory_that_is_not_there_or_was_edited_is_said_so_before_anything_is_asked()
    {
        await using CheckRun run = await CheckRun.StartAsync();
        await File.WriteAllTextAsync(
            run.Path("edited.json"),
            (await File.ReadAllTextAsync(run.Path("receipt.json"), Cancellation))
                .Replace("\"stable\"", "\"stabel\"", StringComparison.Ordinal),
            Cancellation);

        Fault missing = Assert.Single(await run.FailAsync(
            settings => settings with { InventoryFile = run.Path("recepit.json") }));
        Fault edited = Assert.Single(await run.FailAsync(
            settings => settings with { InventoryFile = run.Path("edited.json") }));

        Assert.Equal(FaultCode.BaseUnreadable, missing.Code);
        Assert.Contains("Did you mean 'receipt.json'?", missing.Advice, StringComparison.Ordinal);
        Assert.Equal(FaultCode.BaseUnreadable, edited.Code);
        Assert.Empty(run.Target.Requests.All);
    }
}
