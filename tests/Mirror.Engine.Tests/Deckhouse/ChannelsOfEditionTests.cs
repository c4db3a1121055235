using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Platform;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Report;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Editions that lack alpha or have a long-term channel: no channel goes without a word.</summary>
public sealed class ChannelsOfEditionTests
{
    private static readonly ImmutableArray<ChannelRelease> Five = Release.Channels;

    [Theory]
    [InlineData(SelectionRules.V025)]
    [InlineData(SelectionRules.V033)]
    public void Without_alpha_there_is_no_window_and_every_channel_is_taken_also_lts_below_rock_solid(
        SelectionRules rules)
    {
        ImmutableArray<ChannelRelease> channels = [.. Five[2..], Release.Channel("lts", "1.67.5")];
        MirrorPullSettings settings = new() { SelectionRules = rules };

        PlatformChoice choice = Choose(settings, channels);

        Assert.Equal(["v1.67.5", "v1.68.9", "v1.69.4", "v1.70.2"], VersionsOf(choice).Order(StringComparer.Ordinal));
        Assert.Equal(channels, choice.Channels);
        Assert.Empty(choice.Notes);
    }

    [Fact]
    public void A_since_version_without_alpha_is_ignored_with_a_note()
    {
        ImmutableArray<ChannelRelease> channels = [.. Five[2..], Release.Channel("lts", "1.67.5")];

        Fault note = Assert.Single(Choose(new MirrorPullSettings { SinceVersion = "1.60.0" }, channels).Notes);

        Assert.Equal(FaultCode.SinceVersionIgnored, note.Code);
        Assert.Contains("1.60.0", note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(">=1.60.0")]
    public void A_channel_that_0_33_drops_is_named_and_0_25_keeps_it(string? range)
    {
        ImmutableArray<ChannelRelease> channels = Five.Add(Release.Channel("lts", "1.67.5"));
        MirrorPullSettings settings = new()
        {
            IncludePlatform = range is null ? null : VersionConstraint.Parse(range),
        };

        PlatformChoice dropped = Choose(settings with { SelectionRules = SelectionRules.V033 }, channels);
        PlatformChoice kept = Choose(settings, channels);

        Fault note = Assert.Single(dropped.Notes);
        Assert.Equal(FaultCode.ChannelLeftOut, note.Code);
        Assert.Contains("lts (v1.67.5)", note.Message, StringComparison.Ordinal);
        Assert.Equal(Five, dropped.Channels);
        Assert.Equal(channels, kept.Channels);
        Assert.Empty(kept.Notes);
    }

    [Theory]
    [InlineData(SelectionRules.V025, "early-access = v1.70.2, stable = v1.69.4, rock-solid = v1.68.9, lts = v1.67.5")]
    [InlineData(SelectionRules.V033, "early-access = v1.70.2, stable = v1.69.4, rock-solid = v1.68.9, lts = v1.67.5")]
    public async Task The_report_of_an_edition_without_alpha_names_every_channel_and_its_release(
        SelectionRules rules, string channels)
    {
        MirrorPlan plan = await PlanAsync(rules, [.. Five[2..], Release.Channel("lts", "1.67.5")]);

        Assert.Contains(channels, ReportMarkdown.Render(SmallPlan.Planned, plan, null), StringComparison.Ordinal);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task The_report_of_an_edition_with_alpha_names_a_channel_in_its_table_or_in_a_warning()
    {
        ImmutableArray<ChannelRelease> channels = Five.Add(Release.Channel("lts", "1.67.5"));

        MirrorPlan plan = await PlanAsync(SelectionRules.V033, channels);

        string report = ReportMarkdown.Render(SmallPlan.Planned, plan, null);
        Assert.All(Five, channel => Assert.Contains(
            $"{channel.Channel} = {channel.Tag}", report, StringComparison.Ordinal));
        Assert.DoesNotContain("lts = ", report, StringComparison.Ordinal);
        Assert.Contains("lts (v1.67.5) is not in the bundle", report, StringComparison.Ordinal);
    }

    private static async Task<MirrorPlan> PlanAsync(SelectionRules rules, ImmutableArray<ChannelRelease> channels)
    {
        SketchedSource source = new();
        foreach (ChannelRelease channel in channels)
        {
            source.Build(channel.Tag);
            source.Image(
                SketchedSource.Channels,
                [channel.Channel, channel.Tag],
                ("version.json", $$"""{"version":"{{channel.Tag}}"}"""),
                ("changelog.yaml", "{}\n"));
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        return await run.PlanAsync(
            MirrorComponents.Platform, settings => settings with { SelectionRules = rules });
    }

    private static PlatformChoice Choose(MirrorPullSettings settings, ImmutableArray<ChannelRelease> channels) =>
        PlatformSelection.Choose(settings, "h/r", channels, ["v1.67.5", "v1.68.9", "v1.69.4", "v1.70.2", "v1.72.1"]);

    private static IEnumerable<string> VersionsOf(PlatformChoice choice) => choice.Tags.Select(tag => tag.Tag);
}
