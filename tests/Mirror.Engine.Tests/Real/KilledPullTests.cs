using System.Globalization;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// A process that pulls is killed with <c>kill -9</c>, and the next pull goes on. The variable
/// <c>MIRROR_TEST_KILLS</c> says how often, and the file <c>MIRROR_TEST_KILL_RECORD</c> is written with what was seen
/// (docs/kill-campaign.md).
/// </summary>
public sealed class KilledPullTests
{
    private const int Seed = 20261124;
    private const int DefaultKills = 20;
    private const int LeastOfEachPhase = 3;

    [Fact]
    public async Task A_pull_killed_at_random_moments_goes_on_ends_the_same_and_asks_for_nothing_it_had_recorded()
    {
        int kills = Environment.GetEnvironmentVariable("MIRROR_TEST_KILLS") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : DefaultKills;
        await using TestRegistry registry = await SlowSource.StartAsync();
        using TemporaryFolder folder = new();
        KillCampaign campaign = new(registry, folder, Seed);
        await campaign.MeasureAsync();

        while (campaign.Kills + campaign.Late < 4 * kills && !IsEnough())
        {
            await campaign.RunAsync();
        }

        if (Environment.GetEnvironmentVariable("MIRROR_TEST_KILL_RECORD") is { } record)
        {
            await File.WriteAllTextAsync(record, campaign.Describe(), TestContext.Current.CancellationToken);
        }

        Assert.True(IsEnough(), campaign.Describe());
        Assert.NotEqual(0, campaign.Recorded);

        bool IsEnough() => campaign.Kills >= kills
            && KillCampaign.Phases.All(phase => campaign.Count(phase) >= LeastOfEachPhase);
    }
}
