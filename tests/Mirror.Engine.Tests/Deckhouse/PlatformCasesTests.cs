using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Versions;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about choosing platform releases, by planning the source that each describes.</summary>
public sealed class PlatformCasesTests
{
    private const string Archive = "platform.tar";

    /// <summary>Those with several tags at once are about d8's inner service and not applicable.</summary>
    public static TheoryData<string, string> Selections => Rows(
        spec => spec.Kind == "platform-select" && !spec.Input.TryGetProperty("requested_tags", out _));

    public static TheoryData<string> Suspensions => CaseFile.Pull.Ids("suspend-check");

    public static TheoryData<string, string> Aliases => CaseFile.Pull.Rows("platform-alias");

    public static TheoryData<string, string> Downloads => CaseFile.Pull.Rows("download-list");

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task The_releases_and_channels_are_those_of_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = PlatformSketch.Of(spec, out Dictionary<string, string> digests);
        CaseOutcome outcome = await PlanAsync(source, settings => PlatformSketch.Apply(spec, settings), d8);

        CaseFile.Check(spec, Expected(spec), Actual(spec, outcome), d8);
        if (outcome.Plan is { } plan && !CaseFile.Different.ContainsKey(id))
        {
            CheckMore(spec, plan, digests);
        }
    }

    [Theory]
    [MemberData(nameof(Suspensions))]
    public async Task A_suspended_channel_is_an_obstacle_when_it_is_matched(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] matched = SpecCase.Strings(spec.Input, "matched");
        string[] suspended = SpecCase.Strings(spec.Input, "suspended");
        SketchedSource source = new();
        source.Platform("v1.69.0");
        foreach (string channel in matched.Union(suspended))
        {
            source.Release(
                SketchedSource.Channels,
                channel,
                matched.Contains(channel) ? "v1.69.0" : "v1.70.0",
                suspended.Contains(channel));
        }

        CaseOutcome outcome = await PlanAsync(source, settings => settings with { DeckhouseTag = "v1.69.0" }, "0.33");

        string[] names = SpecCase.Strings(spec.Expected, "names");
        bool isPlural = spec.Expected.GetProperty("plural").GetBoolean();
        CaseFile.Check(
            spec,
            spec.Expected.GetProperty("ok").GetBoolean()
                ? "ok"
                : $"{(isPlural ? "channels" : "channel")} {string.Join(", ", names.Select(name => $"'{name}'"))}.",
            outcome.Plan is not null ? "ok" : Assert.Single(outcome.Faults).Message.Split("release ")[^1]);
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public async Task Channels_point_to_the_one_release_that_was_asked_for(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = PlatformSketch.Of(spec, out Dictionary<string, string> digests);
        bool isPublished = !spec.Input.TryGetProperty("release_channel_has_tag", out _);
        string tag = PlatformSketch.Apply(spec, new MirrorPullSettings()).DeckhouseTag!;
        if (isPublished)
        {
            source.Platform("v1.73.5");
        }
        else
        {
            source.Build(tag);
        }

        MirrorPlan plan = (await PlanAsync(source, settings => settings with { DeckhouseTag = tag }, d8)).Plan!;

        CaseFile.CheckSet(
            spec,
            isPublished ? SpecCase.Strings(spec.Expected, "release_channel_tags_include") : ["warning"],
            [
                .. plan.Tags(Archive, "release-channel"),
                .. plan.NoteCodes().Contains(FaultCode.ChannelsNotPublished) ? ["warning"] : Array.Empty<string>(),
            ],
            d8);
        Assert.All(
            plan.Images(Archive, "release-channel").Where(image => ReleaseChannel.IsChannel(image.Tag)),
            image => Assert.Equal(digests[tag], image.Digest.ToString()));
        Assert.DoesNotContain(
            plan.Archives[0].Layouts.Where(layout => layout.Path != "release-channel"),
            layout => layout.Images.Any(image => ReleaseChannel.IsChannel(image.Tag)));
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_release_and_a_channel_are_fetched_from_where_d8_fetches_them(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        foreach ((int index, string channel) in ReleaseChannel.Default.Index())
        {
            source.Platform($"v1.{72 - index}.0");
            source.Release(SketchedSource.Channels, channel, $"v1.{72 - index}.0");
        }

        MirrorPlan plan = (await PlanAsync(
            source,
            settings => settings with
            {
                IncludePlatform = VersionConstraint.Parse("~1.69.0"),
                BundleFormat = d8 == "0.25.2" ? BundleFormat.Legacy025 : BundleFormat.PathPreserving,
            },
            d8)).Plan!;

        string root = SpecCase.Text(spec.Input, "edition_root")!;
        string[] layouts = ["", "install", "install-standalone", "release-channel"];
        CaseFile.Check(
            spec,
            string.Join(' ', layouts.SelectMany(layout => SpecCase
                .Strings(spec.Expected, layout.Length == 0 ? "root" : layout.Replace('-', '_'))
                .Order(StringComparer.Ordinal))),
            string.Join(' ', layouts.SelectMany(layout => plan.Images(Archive, layout)
                .Select(image => $"{root}{image.Repository[SketchedSource.Edition.Length..]}:{image.Tag}")
                .Order(StringComparer.Ordinal))),
            d8);
    }

    private static async Task<CaseOutcome> PlanAsync(
        SketchedSource source, Func<MirrorPullSettings, MirrorPullSettings> change, string d8)
    {
        await using TestRegistry registry = await source.StartAsync();
        return await CaseOutcome.OfAsync(registry, MirrorComponents.Platform, change, d8);
    }

    private static string Expected(SpecCase spec) =>
        SpecCase.Text(spec.Expected, "error_kind") is { } kind
            ? $"{kind} {string.Join(' ', SpecCase.Strings(spec.Expected, "names"))}"
            : Summary(
                SpecCase.Strings(spec.Expected, "versions").Concat(SpecCase.Strings(spec.Expected, "custom_tags")),
                SpecCase.Strings(spec.Expected, "channels"));

    /// <summary>A channel that only the bundle points at the release says so in its reason.</summary>
    private static string Actual(SpecCase spec, CaseOutcome outcome)
    {
        if (outcome.Plan is not { } plan)
        {
            bool isNamed = PlatformSketch.Apply(spec, new MirrorPullSettings()).DeckhouseTag is not null;
            return $"{PlatformSketch.KindOf(outcome.Faults[0], isNamed)} "
                + string.Join(' ', PlatformSketch.NamesIn(
                    outcome.Faults[0], SpecCase.Strings(spec.Expected, "names")));
        }

        return Summary(
            plan.Tags(Archive, "install"),
            plan.Images(Archive, "release-channel")
                .Where(image => image.Reason == $"channel {image.Tag}")
                .Select(image => image.Tag));
    }

    private static void CheckMore(SpecCase spec, MirrorPlan plan, Dictionary<string, string> digests)
    {
        Assert.Equal(plan.Tags(Archive, "install"), plan.Tags(Archive, ""));
        if (SpecCase.Any(spec.Expected, "root_images") is { } count)
        {
            Assert.Equal(count, $"{plan.Images(Archive, "").Count}");
        }

        Assert.All(SpecCase.Strings(spec.Expected, "release_channel_absent"), channel => Assert.DoesNotContain(
            plan.Images(Archive, "release-channel"), image => image.Digest.ToString() == digests[channel]));
        if (spec.Expected.TryGetProperty("download", out var download))
        {
            Assert.Equal(SpecCase.Strings(download, "root"), plan.Tags(Archive, ""));
            Assert.Equal(SpecCase.Strings(download, "install"), plan.Tags(Archive, "install"));
            Assert.Equal(
                SpecCase.Strings(download, "install_standalone"), plan.Tags(Archive, "install-standalone"));
            Assert.Subset(
                plan.Tags(Archive, "release-channel").ToHashSet(),
                SpecCase.Strings(download, "release_channel_contains").ToHashSet());
        }
    }

    private static string Summary(IEnumerable<string> tags, IEnumerable<string> channels) =>
        $"{string.Join(' ', tags.Order(StringComparer.Ordinal))} | "
        + string.Join(' ', channels.Order(StringComparer.Ordinal));

    private static TheoryData<string, string> Rows(Func<SpecCase, bool> wanted)
    {
        TheoryData<string, string> rows = [];
        foreach (SpecCase spec in CaseFile.Pull.Cases.Where(wanted))
        {
            foreach (string version in spec.Applies)
            {
                rows.Add(spec.Id, version);
            }
        }

        return rows;
    }
}
