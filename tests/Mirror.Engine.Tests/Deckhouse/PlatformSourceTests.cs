using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;
using EngineFault = Mirror.Engine.Fault;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>What the platform makes of sources that lack something, fail, or are packed unusually.</summary>
public sealed class PlatformSourceTests
{
    private const string Archive = "platform.tar";
    private static readonly string[] Default = ["alpha", "beta", "early-access", "rock-solid", "stable"];

    [Theory]
    [InlineData("")]
    [InlineData("/install")]
    [InlineData("/release-channel")]
    public async Task A_channel_whose_release_is_incomplete_is_a_fault_that_names_release_and_place(string place)
    {
        SketchedSource source = Five();
        source.Content.Repository($"{SketchedSource.Edition}{place}").RemoveTag("v1.69.0");

        CaseOutcome outcome = await PlanAsync(source);

        EngineFault fault = Assert.Single(outcome.Faults);
        Assert.Equal(FaultCode.ReleaseIncomplete, fault.Code);
        Assert.Contains($"/r/ee{place}:v1.69.0 does not exist", fault.Message, StringComparison.Ordinal);
        Assert.Contains("channel stable", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.69.0", FaultCode.ReleaseIncomplete, "/r/ee/install:v1.69.0")]
    [InlineData("stable", FaultCode.ReleaseIncomplete, "/r/ee/install:v1.69.0")]
    [InlineData("v1.69.1", FaultCode.TagMissing, "/r/ee:v1.69.1")]
    public async Task A_named_release_without_installer_is_told_from_one_that_does_not_exist(
        string tag, string code, string reference)
    {
        SketchedSource source = Five();
        source.Content.Repository($"{SketchedSource.Edition}/install").RemoveTag("v1.69.0");

        CaseOutcome outcome = await PlanAsync(source, settings => settings with { DeckhouseTag = tag });

        Assert.Equal(code, Assert.Single(outcome.Faults).Code);
        Assert.Contains($"{reference} does not exist", outcome.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rock_solid_the_window_begins_at_the_lowest_channel()
    {
        SketchedSource source = new();
        foreach (string tag in (string[])["v1.66.0", "v1.67.0", "v1.68.0", "v1.69.0", "v1.70.0"])
        {
            source.Platform(tag);
        }

        source.Release(SketchedSource.Channels, "lts", "v1.67.0");
        source.Release(SketchedSource.Channels, "alpha", "v1.69.0");

        MirrorPlan plan = (await PlanAsync(source)).Plan!;

        Assert.Equal(["v1.67.0", "v1.68.0", "v1.69.0"], plan.Tags(Archive, ""));
        Assert.Equal(["alpha", "lts", "v1.67.0", "v1.68.0", "v1.69.0"], plan.Tags(Archive, "release-channel"));
    }

    [Theory]
    [InlineData("lts", 401, null, FaultCode.Unauthorized)]
    [InlineData("lts", 403, "v1.69.0", FaultCode.Forbidden)]
    [InlineData("lts", 503, "pr1", FaultCode.ServerError)]
    [InlineData("alpha", 403, null, FaultCode.Forbidden)]
    [InlineData("alpha", 401, "v1.69.0", FaultCode.Unauthorized)]
    [InlineData("beta", 500, "v1.69.0", FaultCode.ServerError)]
    [InlineData("stable", 403, "stable", FaultCode.Forbidden)]
    [InlineData("lts", 0, null, FaultCode.ConnectionBroken)]
    public async Task A_channel_that_cannot_be_read_is_never_taken_for_absent(
        string channel, int status, string? tag, string code)
    {
        SketchedSource source = Five();
        source.Build("pr1");
        await using TestRegistry registry = await source.StartAsync();
        registry.Faults.Add(
            request => request.IsManifest(SketchedSource.Channels, channel),
            status == 0 ? new RegistryFault { Drop = true } : new RegistryFault { Status = status });

        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag });

        Assert.Equal(code, Assert.Single(outcome.Faults).Code);
        Assert.Contains(channel, outcome.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_names_a_channel_asks_for_no_other()
    {
        await using TestRegistry registry = await Five().StartAsync();

        MirrorPlan plan = (await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = "stable" })).Plan!;

        Assert.Equal([.. Default, "v1.69.0"], plan.Tags(Archive, "release-channel"));
        Assert.DoesNotContain(
            registry.Requests.All, record => record.Request.IsManifest(SketchedSource.Channels, "alpha"));
        Assert.DoesNotContain(registry.Requests.All, record => record.Request.IsTagList(SketchedSource.Channels));
    }

    [Fact]
    public async Task A_missing_channel_is_told_together_with_those_that_could_not_be_read()
    {
        await using TestRegistry registry = await Five().StartAsync();
        registry.Faults.Add(
            request => request.IsManifest(SketchedSource.Channels, "beta"), new RegistryFault { Status = 403 });

        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = "lts" });

        Assert.Equal([FaultCode.ChannelMissing, FaultCode.Forbidden], outcome.Faults.Select(fault => fault.Code));
        Assert.Contains(
            "'lts'; it has 'alpha', 'early-access', 'stable', 'rock-solid'.",
            outcome.Faults[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_lists_no_tags_is_a_fault_where_the_list_decides_and_no_obstacle_elsewhere()
    {
        await using TestRegistry registry = await Five().StartAsync();
        registry.Faults.Add(
            request => request.IsTagList(), new RegistryFault { Status = 404, ErrorCode = "NAME_UNKNOWN" });

        Assert.Equal([FaultCode.TagsNotListed], await CodesAsync(null));
        Assert.Equal([], await CodesAsync("v1.69.0"));

        async Task<IEnumerable<string>> CodesAsync(string? tag) => (await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag }))
            .Faults.Select(fault => fault.Code);
    }

    [Fact]
    public async Task A_build_without_release_image_is_pulled_with_a_note_that_no_channel_points_to_it()
    {
        SketchedSource source = Five();
        source.Build("pr1");

        MirrorPlan plan = (await PlanAsync(source, settings => settings with { DeckhouseTag = "pr1" })).Plan!;

        Assert.Equal(["pr1"], plan.Tags(Archive, "install"));
        Assert.Empty(plan.Images(Archive, "release-channel"));
        Assert.Equal([FaultCode.ChannelsNotPublished], plan.NoteCodes());
    }

    [Fact]
    public async Task The_long_term_channel_stays_what_it_is_when_its_release_is_named()
    {
        SketchedSource source = Five();
        string own = source.Release(SketchedSource.Channels, "lts", "v1.69.0");

        MirrorPlan plan = (await PlanAsync(source, settings => settings with { DeckhouseTag = "v1.69.0" })).Plan!;

        Assert.Equal(
            ["alpha", "beta", "early-access", "lts", "rock-solid", "stable", "v1.69.0"],
            plan.Tags(Archive, "release-channel"));
        PlannedImage[] images = [.. plan.Images(Archive, "release-channel")];
        Assert.Equal(own, images.Single(image => image.Tag == "lts").Digest.ToString());
        Assert.Single(images.Where(image => image.Tag != "lts").Select(image => image.Digest).Distinct());
        Assert.Equal("channel stable", images.Single(image => image.Tag == "stable").Reason);
        Assert.Equal("channel alpha, as v1.69.0", images.Single(image => image.Tag == "alpha").Reason);
    }

    [Theory]
    [InlineData(SelectionRules.V025)]
    [InlineData(SelectionRules.V033)]
    public async Task An_older_since_version_reaches_below_rock_solid_under_both_rules(SelectionRules rules)
    {
        SketchedSource source = Five();
        source.Platform("v1.66.3");

        MirrorPlan plan = (await PlanAsync(
            source,
            settings => settings with { SinceVersion = "1.66.0" },
            rules == SelectionRules.V033 ? "0.33" : "0.25.2")).Plan!;

        Assert.Equal("v1.66.3", plan.Tags(Archive, "")[0]);
        Assert.Equal(6, plan.Tags(Archive, "").Length);
    }

    /// <summary>The five channels at v1.72.0 to v1.68.0, each with its release.</summary>
    private static SketchedSource Five()
    {
        SketchedSource source = new();
        foreach ((int index, string channel) in
            ((string[])["alpha", "beta", "early-access", "stable", "rock-solid"]).Index())
        {
            source.Platform($"v1.{72 - index}.0");
            source.Release(SketchedSource.Channels, channel, $"v1.{72 - index}.0");
        }

        return source;
    }

    private static async Task<CaseOutcome> PlanAsync(
        SketchedSource source, Func<MirrorPullSettings, MirrorPullSettings>? change = null, string d8 = "0.25.2")
    {
        await using TestRegistry registry = await source.StartAsync();
        return await CaseOutcome.OfAsync(registry, MirrorComponents.Platform, change, d8);
    }
}
