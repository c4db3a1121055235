using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Platform;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class PlatformSelectionTests
{
    private static readonly ImmutableArray<ChannelRelease> Five = Release.Channels;

    private static readonly ImmutableArray<string> Tags =
    [
        "alpha", "pr12345", "v1.67.5", "v1.68.8", "v1.68.9", "v1.69.3", "v1.69.4", "v1.69.5", "v1.70.2",
        "v1.71.0", "v1.72.0", "v1.72.1", "v1.73.0", "v1.71.5-rc.1",
    ];

    [Fact]
    public void The_window_reaches_from_rock_solid_to_alpha_with_the_latest_patch_of_each_minor()
    {
        PlatformChoice choice = Choose(new MirrorPullSettings());

        Assert.Equal(
            ["v1.68.9", "v1.69.4", "v1.69.5", "v1.70.2", "v1.71.0", "v1.72.1"], VersionsOf(choice));
        Assert.Equal(Five, choice.Channels);
        Assert.Null(choice.AliasTag);
        Assert.Contains(("v1.69.4", "channel stable"), choice.Tags);
        Assert.Contains(("v1.69.5", "latest patch of 1.69"), choice.Tags);
    }

    [Theory]
    [InlineData(">=1.69.0 <=1.71.0", "v1.69.3 v1.69.4 v1.69.5 v1.70.2 v1.71.0", "beta early-access stable")]
    [InlineData("~1.69.0", "v1.69.3 v1.69.4 v1.69.5", "stable")]
    [InlineData("1.69.0", "v1.69.3 v1.69.4 v1.69.5 v1.70.2 v1.71.0 v1.72.0 v1.72.1 v1.73.0",
        "alpha beta early-access stable")]
    [InlineData("<=1.68.8", "v1.67.5 v1.68.8", "")]
    public void A_range_takes_every_release_and_channel_that_satisfies_it(
        string range, string versions, string channels)
    {
        PlatformChoice choice = Choose(new MirrorPullSettings { IncludePlatform = VersionConstraint.Parse(range) });

        Assert.Equal(versions.Split(' '), VersionsOf(choice).Order(StringComparer.Ordinal));
        Assert.Equal(
            channels.Split(' ', StringSplitOptions.RemoveEmptyEntries), choice.Channels.Select(one => one.Channel));
        Assert.Null(choice.AliasTag);
    }

    [Fact]
    public void By_the_rules_of_0_33_a_range_takes_the_latest_patches_and_no_channel_below_rock_solid()
    {
        PlatformChoice choice = Choose(
            new MirrorPullSettings
            {
                IncludePlatform = VersionConstraint.Parse(">=1.69.3 <=1.70.5"),
                SelectionRules = SelectionRules.V033,
            },
            Five.SetItem(4, Release.Channel("rock-solid", "1.70.2")));

        Assert.Equal(["v1.69.3", "v1.69.4", "v1.69.5", "v1.70.2"], VersionsOf(choice).Order(StringComparer.Ordinal));
        Assert.Equal(["early-access", "rock-solid"], choice.Channels.Select(one => one.Channel));
    }

    [Theory]
    [InlineData("=v1.69.4")]
    [InlineData("=v1.69.4+stable")]
    public void An_exact_constraint_is_the_same_as_the_tag(string exact)
    {
        PlatformChoice named = Choose(new MirrorPullSettings { DeckhouseTag = "v1.69.4" });
        PlatformChoice choice = Choose(new MirrorPullSettings { IncludePlatform = VersionConstraint.Parse(exact) });

        Assert.False(PlatformSelection.NeedsTags(
            new MirrorPullSettings { IncludePlatform = VersionConstraint.Parse(exact) }, Five));
        Assert.Equal(VersionsOf(named), VersionsOf(choice));
        Assert.Equal(named.Channels, choice.Channels);
        Assert.Equal("v1.69.4", choice.AliasTag);
    }

    [Fact]
    public void A_range_that_nothing_satisfies_is_a_fault_that_names_what_there_is()
    {
        MirrorException failure = Assert.Throws<MirrorException>(() => Choose(
            new MirrorPullSettings { IncludePlatform = VersionConstraint.Parse("^2.0.0") }));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.PlatformSelectsNothing, fault.Code);
        Assert.Contains("stable is v1.69.4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_at_one_version_select_it_once()
    {
        PlatformChoice choice = Choose(
            new MirrorPullSettings(), Five.SetItem(1, Release.Channel("beta", "1.72.1")));

        Assert.Contains(("v1.72.1", "channel alpha, beta"), choice.Tags);
        Assert.Single(choice.Tags, tag => tag.Tag == "v1.72.1");
    }

    [Theory]
    [InlineData("v1.67.0", "v1.67.5")]
    [InlineData("1.68.0", null)]
    public void An_older_since_version_widens_the_window(string since, string? added)
    {
        PlatformChoice choice = Choose(new MirrorPullSettings { SinceVersion = since });

        Assert.Equal(added is not null, VersionsOf(choice).Contains("v1.67.5"));
        Assert.Empty(choice.Notes);
    }

    [Fact]
    public void A_since_version_above_rock_solid_is_ignored_with_a_note()
    {
        PlatformChoice choice = Choose(new MirrorPullSettings { SinceVersion = "1.70.0" });

        Assert.Equal(VersionsOf(Choose(new MirrorPullSettings())), VersionsOf(choice));
        Assert.Equal([FaultCode.SinceVersionIgnored], choice.Notes.Select(note => note.Code));
    }

    [Theory]
    [InlineData("stable", "v1.69.4", 1)]
    [InlineData("v1.69.4", "v1.69.4", 1)]
    [InlineData("v1.69.3", "v1.69.3", 0)]
    [InlineData("pr12345", "pr12345", 0)]
    [InlineData("1.69.4", "v1.69.4", 0)]
    [InlineData("v1.73.0-rc.1", "v1.73.0-rc.1", 0)]
    [InlineData("1.69", "v1.69.0", 0)]
    public void One_tag_selects_one_release(string tag, string version, int channels)
    {
        MirrorPullSettings settings = new() { DeckhouseTag = tag };

        PlatformChoice choice = Choose(settings);

        Assert.False(PlatformSelection.NeedsTags(settings, Five));
        Assert.Equal([version], VersionsOf(choice));
        Assert.Equal(channels, choice.Channels.Length);
        Assert.Equal(ReleaseChannel.IsChannel(tag) ? tag : version, choice.AliasTag);
    }

    [Theory]
    [InlineData(null, "alpha", true)]
    [InlineData(null, "lts", false)]
    [InlineData(">=1.60.0", "lts", true)]
    public void A_window_without_a_top_needs_no_tag_list(string? range, string channel, bool needed)
    {
        MirrorPullSettings settings = new()
        {
            IncludePlatform = range is null ? null : VersionConstraint.Parse(range),
        };

        Assert.Equal(needed, PlatformSelection.NeedsTags(settings, [Release.Channel(channel, "1.67.2")]));
        Assert.False(PlatformSelection.NeedsTags(settings, []));
    }

    [Fact]
    public void Without_rock_solid_the_window_begins_at_the_lowest_channel() => Assert.Equal(
        ["v1.69.4", "v1.69.5", "v1.70.2", "v1.71.0", "v1.72.1"],
        VersionsOf(Choose(new MirrorPullSettings(), [Five[0], Five[3], Release.Channel("lts", "1.70.2")])));

    [Fact]
    public void A_build_needs_no_channels() =>
        Assert.Equal(["pr1"], VersionsOf(Choose(new MirrorPullSettings { DeckhouseTag = "pr1" }, [])));

    [Fact]
    public void A_channel_that_does_not_exist_is_a_fault_that_names_those_that_do()
    {
        Fault fault = FaultOf(new MirrorPullSettings { DeckhouseTag = "lts" }, Five);

        Assert.Equal(FaultCode.ChannelMissing, fault.Code);
        Assert.Contains("'lts'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'rock-solid'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("stable")]
    public void Without_any_channel_the_fault_says_so(string? tag) => Assert.Equal(
        FaultCode.NoReleaseChannels, FaultOf(new MirrorPullSettings { DeckhouseTag = tag }, []).Code);

    [Fact]
    public void Missing_channels_are_a_fault_that_names_them()
    {
        Fault fault = FaultOf(new MirrorPullSettings(), [Five[0], Five[3], Five[4]]);

        Assert.Equal(FaultCode.ChannelMissing, fault.Code);
        Assert.Contains("'beta', 'early-access'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_long_term_channel_alone_is_enough()
    {
        PlatformChoice choice = Choose(new MirrorPullSettings(), [Release.Channel("lts", "1.67.2")]);

        Assert.Equal(["v1.67.2"], VersionsOf(choice));
        Assert.Equal(["lts"], choice.Channels.Select(channel => channel.Channel));
    }

    [Fact]
    public void A_long_term_release_below_rock_solid_does_not_widen_the_window() => Assert.Equal(
        ["v1.66.0", "v1.68.9", "v1.69.4", "v1.69.5", "v1.70.2", "v1.71.0", "v1.72.1"],
        VersionsOf(Choose(new MirrorPullSettings(), [.. Five, Release.Channel("lts", "1.66.0")])));

    [Fact]
    public void By_the_rules_of_0_33_a_channel_below_the_window_is_left_out()
    {
        PlatformChoice choice = Choose(
            new MirrorPullSettings { SelectionRules = SelectionRules.V033 },
            [.. Five, Release.Channel("lts", "1.66.0")]);

        Assert.Equal(VersionsOf(Choose(new MirrorPullSettings())), VersionsOf(choice));
        Assert.Equal(Five, choice.Channels);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("stable")]
    [InlineData("v1.69.4")]
    public void A_suspended_channel_that_is_wanted_is_a_fault(string? tag)
    {
        MirrorPullSettings settings = new() { DeckhouseTag = tag };

        Fault fault = FaultOf(settings, Suspended);

        Assert.Equal(FaultCode.ChannelSuspended, fault.Code);
        Assert.Contains("'stable'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("v1.69.4", VersionsOf(Choose(settings with { IgnoreSuspend = true }, Suspended)));
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("v1.69.3")]
    [InlineData("pr12345")]
    public void A_suspended_channel_that_is_not_wanted_is_no_obstacle(string tag) =>
        Assert.Single(Choose(new MirrorPullSettings { DeckhouseTag = tag }, Suspended).Tags);

    private static ImmutableArray<ChannelRelease> Suspended =>
        Five.SetItem(3, Release.Channel("stable", "1.69.4", suspended: true));

    private static PlatformChoice Choose(
        MirrorPullSettings settings, ImmutableArray<ChannelRelease>? channels = null) =>
        PlatformSelection.Choose(settings, "h/r", channels ?? Five, Tags);

    private static IEnumerable<string> VersionsOf(PlatformChoice choice) =>
        choice.Tags.Select(tag => tag.Tag).Order(StringComparer.Ordinal);

    private static Fault FaultOf(MirrorPullSettings settings, ImmutableArray<ChannelRelease> channels) =>
        Assert.Single(Assert.Throws<MirrorException>(() => Choose(settings, channels)).Faults);
}
