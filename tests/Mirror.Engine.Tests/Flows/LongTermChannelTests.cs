using Mirror.Engine.Report;
using Mirror.Engine.Tests.Report;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The miniature source as an edition whose channel <c>lts</c> is older than rock-solid, with alpha and without: the
/// report names every channel and where it went.
/// </summary>
public sealed class LongTermChannelTests : IDisposable
{
    private const string Edition = "deckhouse/ee";
    private const string Archive = "platform.tar";

    /// <summary>The image of stable is not that of its release, so the report has no version for it.</summary>
    private const string Told = "early-access = v1.70.2, stable = v1.69.4, rock-solid = v1.68.9, lts = v1.67.5 |";

    private static readonly string[] Channels = ["early-access", "lts", "rock-solid", "stable"];
    private static readonly string[] Releases = ["v1.67.5", "v1.68.9", "v1.69.4", "v1.70.2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SelectionRules.V025)]
    [InlineData(SelectionRules.V033)]
    public async Task Without_alpha_the_releases_of_all_channels_are_taken_and_nothing_is_listed(SelectionRules rules)
    {
        await using TestRegistry source = await StartAsync("alpha", "beta");

        MirrorPlan plan = await Run(source, settings => settings with { SelectionRules = rules }).PlanAsync();

        Assert.All(
            (string[])["", "install", "install-standalone"],
            layout => Assert.Equal(Releases, plan.Tags(Archive, layout)));
        Assert.Equal([.. Channels, .. Releases], plan.Tags(Archive, "release-channel"));
        Assert.Empty(plan.Notes);
        Assert.Empty(source.Requests.TagLists($"{Edition}/release-channel"));
        Assert.Contains(Told, ReportMarkdown.Render(SmallPlan.Planned, plan, null), StringComparison.Ordinal);
        Assert.Equal(
            ["channel early-access", "channel lts", "channel rock-solid", "channel stable"],
            plan.Images(Archive, "install").Select(image => image.Reason).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("v1.67.0")]
    [InlineData("v1.69.0")]
    public async Task Without_alpha_there_is_no_window_for_a_since_version_and_that_is_noted(string since)
    {
        await using TestRegistry source = await StartAsync("alpha", "beta");
        MirrorPlan expected = await Run(source).PlanAsync();

        MirrorPlan plan = await Run(source, settings => settings with { SinceVersion = since }).PlanAsync();

        Assert.Equal(expected.Everything(), plan.Everything());
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.SinceVersionIgnored, note.Code);
        Assert.Contains(since[1..], note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_alpha_a_cluster_finds_each_channel_and_its_installer_at_the_target()
    {
        await using TestRegistry source = await StartAsync("alpha", "beta");
        await using TestRegistry target = await PushRun.StartTargetAsync();

        MirrorReport pulled = await Run(
            source, settings => settings with { SelectionRules = SelectionRules.V033 }).PullAsync();
        await new PushRun(target.Host, _folder.FullName).PushAsync();

        Assert.Contains(Told, ReportMarkdown.Render(SmallPlan.Pulled, pulled), StringComparison.Ordinal);
        foreach (string repository in (string[])["install", "release-channel"])
        {
            RepositoryContent arrived = target.Content.Repository($"mirror/ee/{repository}");
            Assert.Equal([.. Channels, .. Releases], arrived.Tags);
            Assert.All(Channels, channel => Assert.Equal(
                DigestOf(source.Content.Repository($"{Edition}/{repository}"), channel), DigestOf(arrived, channel)));
        }
    }

    [Theory]
    [InlineData(SelectionRules.V025, "rock-solid = v1.68.9, lts = v1.67.5 |")]
    [InlineData(SelectionRules.V033, "lts (v1.67.5) is not in the bundle")]
    public async Task With_alpha_it_is_kept_by_the_rules_of_0_25_and_left_out_with_a_warning_by_those_of_0_33(
        SelectionRules rules, string says)
    {
        await using TestRegistry source = await StartAsync();

        MirrorPlan plan = await Run(source, settings => settings with { SelectionRules = rules }).PlanAsync();

        bool isKept = rules == SelectionRules.V025;
        Assert.Equal(isKept, plan.Tags(Archive, "release-channel").Contains("lts"));
        Assert.Equal(isKept ? [] : [FaultCode.ChannelLeftOut], plan.Notes.Select(note => note.Code));
        string report = ReportMarkdown.Render(SmallPlan.Planned, plan, null);
        Assert.Contains(says, report, StringComparison.Ordinal);
        Assert.Contains(
            "alpha = v1.72.1, beta = v1.71.0, early-access = v1.70.2, stable = v1.69.4, rock-solid = v1.68.9",
            report,
            StringComparison.Ordinal);
    }

    /// <summary>The source with <c>lts</c> at its oldest release, and without some channels.</summary>
    private static Task<TestRegistry> StartAsync(params string[] absent)
    {
        ContentSet content = DeckhouseMini.Load();
        foreach (string path in (string[])["", "/install", "/install-standalone", "/release-channel"])
        {
            RepositoryContent repository = content.Repository($"{Edition}{path}");
            Assert.True(repository.TryGetManifest(Releases[0], out StoredManifest? oldest));
            repository.AddManifest(oldest, "lts");
            Assert.All(absent, channel => Assert.True(repository.RemoveTag(channel)));
        }

        return MiniSource.StartAsync(content);
    }

    private static string DigestOf(RepositoryContent repository, string tag)
    {
        Assert.True(repository.TryGetManifest(tag, out StoredManifest? manifest));
        return manifest.Digest;
    }

    private EngineRun Run(TestRegistry source, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { Components = MirrorComponents.Platform };
        run.Settings = change?.Invoke(run.Settings) ?? run.Settings;
        return run;
    }
}
