using System.Text.Json;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The numbers of a run with nothing to do are zero: a script can decide by them whether to go on.</summary>
public sealed class NothingToDoTests
{
    [Fact]
    public async Task A_second_pull_and_the_plan_before_it_download_nothing_and_say_so()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        MirrorReport first = await Run(source, folder).PullAsync();
        EngineRun planned = Run(source, folder);
        EngineRun again = Run(source, folder);

        MirrorPlan plan = await planned.PlanAsync();
        MirrorReport second = await again.PullAsync();

        Assert.Equal((0, first.Plan.TransferBytes), (first.Plan.HeldBytes, first.Plan.DownloadBytes));
        Assert.Equal((plan.TransferBytes, 0), (plan.HeldBytes, plan.DownloadBytes));
        Assert.Equal((0, 0), (second.Plan.DownloadBytes, second.TransferredBytes));
        int blobs = plan.Blobs.Length;
        Assert.All(new[] { planned, again }, run => Assert.Single(
            run.Events, line => line.Message.StartsWith(
                $"0 B to download in 0 blobs, each once; already here: {blobs} blobs (", StringComparison.Ordinal)));
        Assert.Single(again.Events, line => line.Message == $"0 B moved; {blobs} of {blobs} blobs already there.");
        Assert.Single(again.Events, line => line.Message.StartsWith("Up to date: ", StringComparison.Ordinal)
            && line.Message.Contains(", 0 images pulled with ", StringComparison.Ordinal));
        Assert.DoesNotContain(again.Events, line => line.Level == MirrorEventLevel.Milestone
            && line.Message.StartsWith("Pulled ", StringComparison.Ordinal));
        using JsonDocument record = JsonDocument.Parse(await File.ReadAllTextAsync(
            folder.Combine("plan.json"), TestContext.Current.CancellationToken));
        Assert.Equal(0, record.RootElement.GetProperty("downloadBytes").GetInt64());
    }

    [Fact]
    public async Task A_pull_that_adds_to_a_bundle_downloads_what_is_new_and_its_plan_says_as_much()
    {
        using TemporaryFolder folder = new();
        await using TestRegistry source = await MiniSource.StartAsync();
        EngineRun first = Run(source, folder);
        first.Settings = first.Settings with { Components = MirrorComponents.All & ~MirrorComponents.Modules };
        await first.PullAsync();

        MirrorPlan plan = await Run(source, folder).PlanAsync();
        MirrorReport report = await Run(source, folder).PullAsync();

        Assert.InRange(plan.DownloadBytes, 1, plan.TransferBytes - 1);
        Assert.Equal(plan.DownloadBytes, report.Plan.DownloadBytes);
        Assert.InRange(report.TransferredBytes, 1, plan.TransferBytes - 1);
    }

    private static EngineRun Run(TestRegistry source, TemporaryFolder folder)
    {
        EngineRun run = EngineRun.Of(source, folder.Combine("bundle"));
        run.Settings = run.Settings with { ReportFile = folder.Combine("{verb}.json") };
        return run;
    }
}
