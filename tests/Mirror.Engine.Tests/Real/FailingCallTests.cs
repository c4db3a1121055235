using System.Globalization;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Pulls and pushes whose system calls fail. The variable <c>MIRROR_TEST_FAILING_CALLS</c> says how many runs of each,
/// or <c>all</c>, and the file <c>MIRROR_TEST_FAILING_CALLS_RECORD</c> is written with what was seen
/// (docs/kill-campaign.md).
/// </summary>
public sealed class FailingCallTests
{
    private const int Seed = 20261130;

    [Fact]
    public async Task A_pull_whose_system_calls_fail_never_claims_success_and_the_next_one_ends_the_same()
    {
        await using TestRegistry registry = await FailingPull.StartSourceAsync();
        using TemporaryFolder folder = new();
        string watched = folder.Combine("run");

        await RunAsync(new FailingPull(registry, watched), folder, watched, defaultRounds: 14, "fwcrtl");
    }

    [Fact]
    public async Task A_push_whose_system_calls_fail_never_claims_success_and_the_next_one_ends_the_same()
    {
        using BundleCopy bundle = new("0.33");
        bundle.Split("platform.tar", 100_000);
        using TemporaryFolder folder = new();
        await using FailingPush push = new(bundle.Folder);

        await RunAsync(push, folder, bundle.Folder, defaultRounds: 8, "pcwrt");
    }

    private static async Task RunAsync(
        IFailingRun run, TemporaryFolder folder, string watched, int defaultRounds, string met)
    {
        FailingLibrary library = await FailingLibrary.CompileAsync(folder.Combine("failing-calls.so"));
        string log = folder.Combine("calls");
        using FailingProcess process = new(library, watched, log);
        FailingCampaign campaign = new(run, process, log, Seed);
        await campaign.MeasureAsync();
        string? wanted = Environment.GetEnvironmentVariable("MIRROR_TEST_FAILING_CALLS");
        int rounds = int.TryParse(wanted, CultureInfo.InvariantCulture, out int number) ? number : defaultRounds;
        foreach (FailedCall call in wanted == "all" ? campaign.All() : campaign.Sample(rounds))
        {
            await campaign.RunAsync(call);
        }

        if (Environment.GetEnvironmentVariable("MIRROR_TEST_FAILING_CALLS_RECORD") is { } record)
        {
            await File.AppendAllTextAsync(record, campaign.Describe(), TestContext.Current.CancellationToken);
        }

        Assert.All(met, letter => Assert.True(campaign.Met(letter) > 0, $"{letter}: {campaign.Describe()}"));
    }
}
