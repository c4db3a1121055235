using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PlatformPlanTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    private const string Archive = "platform.tar";
    private static readonly string[] Channels = ["alpha", "beta", "early-access", "rock-solid", "stable"];
    private static readonly string[] Window =
        ["v1.68.9", "v1.69.4", "v1.69.5", "v1.70.2", "v1.71.0", "v1.72.1"];

    [Theory]
    [InlineData("")]
    [InlineData("install")]
    [InlineData("install-standalone")]
    public async Task By_default_the_channels_and_the_latest_patches_between_them_are_taken(string layout)
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.Platform);

        Assert.Equal([Archive], plan.Archives());
        Assert.Equal(Window, plan.Tags(Archive, layout));
        Assert.Equal([.. Channels, .. Window], plan.Tags(Archive, "release-channel"));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task A_range_takes_the_releases_and_channels_that_satisfy_it_and_nothing_of_the_window()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform,
            settings => settings with { IncludePlatform = VersionConstraint.Parse(">=1.69.4 <=1.70.2") });

        Assert.Equal(["v1.69.4", "v1.69.5", "v1.70.2"], plan.Tags(Archive, "install"));
        Assert.Equal(
            ["early-access", "stable", "v1.69.4", "v1.69.5", "v1.70.2"], plan.Tags(Archive, "release-channel"));
    }

    [Fact]
    public async Task A_stale_version_file_in_a_lower_layer_loses()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { DeckhouseTag = "stable" });

        Assert.Equal(["v1.69.4"], plan.Tags(Archive, "install"));
    }

    [Theory]
    [InlineData("stable", "v1.69.4")]
    [InlineData("v1.69.4", "v1.69.4")]
    [InlineData("1.69.4", "v1.69.4")]
    [InlineData("v1.73.0-rc.1", "v1.73.0-rc.1")]
    [InlineData("pr12345", "pr12345")]
    public async Task One_release_becomes_all_channels_of_the_bundle(string tag, string release)
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag });

        Assert.Equal([release], plan.Tags(Archive, ""));
        Assert.Equal([release], plan.Tags(Archive, "install"));
        Assert.Equal([release], plan.Tags(Archive, "install-standalone"));
        Assert.Equal(
            Channels.Append(release).Order(StringComparer.Ordinal), plan.Tags(Archive, "release-channel"));
        Assert.Single(plan.Images(Archive, "release-channel")
            .Where(image => image.Tag != release).Select(image => image.Digest).Distinct());
    }

    [Fact]
    public async Task A_release_that_does_not_exist_is_a_fault() => Assert.Equal(
        [FaultCode.TagMissing],
        await source.Run(MirrorComponents.Platform, settings => settings with { DeckhouseTag = "v9.9.9" })
            .RefusedAsync());

    [Theory]
    [InlineData("rocksolid", "Did you mean 'rock-solid'? ")]
    [InlineData("v9.9.9", "Check DeckhouseTag")]
    public async Task A_release_that_does_not_exist_comes_with_the_nearest_and_the_newest(string tag, string advice)
    {
        EngineRun run = source.Run(MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag });

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(run.PlanAsync)).Faults);

        Assert.Contains(" There are 'v", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(advice, fault.Advice, StringComparison.Ordinal);
        Assert.Equal(new SettingReference("DeckhouseTag", tag), fault.Settings[0]);
    }

    [Fact]
    public async Task An_older_since_version_widens_the_window()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { SinceVersion = "v1.67.5" });

        Assert.Equal(["v1.67.5", .. Window], plan.Tags(Archive, ""));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public async Task A_since_version_above_rock_solid_changes_nothing_but_is_noted()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { SinceVersion = "v1.70.0" });

        Assert.Equal(Window, plan.Tags(Archive, ""));
        Assert.Equal([FaultCode.SinceVersionIgnored], plan.NoteCodes());
    }

    [Fact]
    public async Task Components_that_an_installer_names_are_taken_by_digest()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { DeckhouseTag = "v1.69.4" });

        PlannedImage[] components = [.. plan.Images(Archive, "").Where(image => image.Tag.Length == 64)];
        Assert.Equal(9, components.Length);
        Assert.All(components, image => Assert.Equal(image.Digest.Hex, image.Tag));
    }

    [Fact]
    public async Task Attestations_are_taken_unless_they_are_switched_off()
    {
        MirrorPlan with = await source.PlanAsync(MirrorComponents.Platform);
        MirrorPlan without = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { SkipVexImages = true });

        string[] difference = [.. with.Everything().Except(without.Everything(), StringComparer.Ordinal)];
        Assert.NotEmpty(difference);
        Assert.All(difference, image => Assert.Contains(".att=", image, StringComparison.Ordinal));
        Assert.DoesNotContain(
            without.Everything(), image => image.Contains(".att=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_term_channel_beside_the_others_is_taken_too()
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.Platform, path: "deckhouse/se");

        Assert.Contains("lts", plan.Tags(Archive, "release-channel"));
    }

    [Fact]
    public async Task An_edition_may_have_only_the_long_term_channel()
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.Platform, path: "deckhouse/cse");

        Assert.Equal(["v1.67.2"], plan.Tags(Archive, ""));
        Assert.Equal(["lts", "v1.67.2"], plan.Tags(Archive, "release-channel"));
    }

    [Fact]
    public async Task A_suspended_channel_ends_the_run()
    {
        EngineRun run = source.Run(MirrorComponents.Platform, path: "alternative/ee");

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(run.PlanAsync);

        Fault fault = Assert.Single(refusal.Faults);
        Assert.Equal(FaultCode.ChannelSuspended, fault.Code);
        Assert.Contains("'stable'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_channel_is_no_obstacle_when_that_is_said()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { IgnoreSuspend = true }, "alternative/ee");

        Assert.Contains("stable", plan.Tags(Archive, "release-channel"));
    }

    [Fact]
    public async Task A_suspended_channel_is_no_obstacle_for_another_release()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Platform, settings => settings with { DeckhouseTag = "v1.70.2" }, "alternative/ee");

        Assert.Equal(["v1.70.2"], plan.Tags(Archive, ""));
    }

    [Fact]
    public async Task An_edition_without_channels_is_a_fault() => Assert.Equal(
        [FaultCode.NoReleaseChannels],
        await source.Run(MirrorComponents.Platform, path: "deckhouse/fe").RefusedAsync());
}
