using System.Globalization;
using Mirror.Engine.Tests.Bundles;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// A process that pushes is killed with <c>kill -9</c>, and the next push goes on. The variable
/// <c>MIRROR_TEST_PUSH_KILLS</c> says how often, and the file <c>MIRROR_TEST_PUSH_KILL_RECORD</c> is written with what
/// was seen (docs/kill-campaign.md).
/// </summary>
public sealed class KilledPushTests
{
    private const int Seed = 20261124;
    private const int DefaultKills = 20;
    private const int LeastOfEachPhase = 2;

    [Fact]
    public async Task A_push_killed_at_random_moments_leaves_no_tag_half_published_goes_on_and_ends_the_same()
    {
        int kills = Environment.GetEnvironmentVariable("MIRROR_TEST_PUSH_KILLS") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : DefaultKills;
        using BundleCopy whole = new("0.33");
        using BundleCopy chunked = new("0.33");
        chunked.Split("platform.tar", 100_000);
        PushKillCampaign campaign = new(whole.Folder, chunked.Folder, Seed);
        await campaign.MeasureAsync();

        while (campaign.Kills + campaign.Late < 4 * kills && !IsEnough())
        {
            await campaign.RunAsync();
        }

        if (Environment.GetEnvironmentVariable("MIRROR_TEST_PUSH_KILL_RECORD") is { } record)
        {
            await File.WriteAllTextAsync(record, campaign.Describe(), TestContext.Current.CancellationToken);
        }

        Assert.True(IsEnough(), campaign.Describe());

        bool IsEnough() => campaign.Kills >= kills
            && PushKillCampaign.Phases.All(phase => campaign.Count(phase) >= LeastOfEachPhase);
    }
}
