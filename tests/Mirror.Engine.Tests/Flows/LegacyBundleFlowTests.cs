using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Remote;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class LegacyBundleFlowTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    private const MirrorComponents Held =
        MirrorComponents.Platform | MirrorComponents.SecurityDb | MirrorComponents.Modules;

    private static readonly string[] Channels = ["alpha", "beta", "early-access", "rock-solid", "stable"];

    [Fact]
    public async Task A_bundle_is_verified_and_pushed_as_one_with_paths_and_has_more_channels_of_the_platform()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun legacy = EngineRun.Of(registry, folder.Combine("legacy"));
        legacy.Settings = legacy.Settings with { BundleFormat = BundleFormat.Legacy025 };
        EngineRun preserving = EngineRun.Of(registry, folder.Combine("preserving"));
        preserving.Settings = preserving.Settings with { Components = Held };
        MirrorReport pulled = await legacy.PullAsync();
        await preserving.PullAsync();

        MirrorReport verified = await new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(
                new MirrorVerifySettings { BundleDirectory = folder.Combine("legacy") },
                null,
                TestContext.Current.CancellationToken);
        SourceReference[] theirs = await PushedAsync(folder.Combine("preserving"));
        SourceReference[] ours = await PushedAsync(folder.Combine("legacy"));

        Assert.Equal(
            pulled.Plan.Everything().Order(StringComparer.Ordinal),
            verified.Plan.Everything().Order(StringComparer.Ordinal));
        string[] expected =
        [
            .. from repository in (string[])["mirror/ee", "mirror/ee/install-standalone"]
               from channel in Channels
               select $"{repository}:{channel}",
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            ours.Except(theirs).Select(one => $"{one.Repository}:{one.Tag}").Order(StringComparer.Ordinal));
        Assert.Empty(theirs.Except(ours));
    }

    [Fact]
    public async Task What_the_form_cannot_hold_is_left_out_and_noted_once()
    {
        MirrorPlan plan = await PlanAsync(MirrorComponents.All);

        Fault note = Assert.Single(plan.Notes, one => one.Code == FaultCode.PartsNotInLegacyForm);
        Assert.Contains("Packages, Installer, Plugins, DeckhouseCli", note.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Components without Packages, Components without Installer, Components without Plugins, "
                + "Components without DeckhouseCli",
            note.Advice,
            StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Archives(), name => name is "installer.tar" or "package-versions.tar");
        Assert.DoesNotContain(FaultCode.PartsNotInLegacyForm, (await PlanAsync(Held)).NoteCodes());
    }

    [Fact]
    public async Task Every_module_has_an_archive_with_an_empty_extra_layout_also_without_any_image()
    {
        MirrorPlan plan = await PlanAsync(
            MirrorComponents.Modules | MirrorComponents.SecurityDb,
            settings => settings with { OnlyExtraImages = true });

        Assert.Equal(
            [
                "module-console.tar", "module-neuvector.tar", "module-sds-local-volume.tar", "module-stronghold.tar",
                "module-test-module.tar", "security.tar",
            ],
            plan.Archives());
        Assert.Equal(["", "extra", "release"], plan.Archives[0].Layouts.Select(layout => layout.Path));
        Assert.Empty(plan.Images("module-console.tar", "extra"));
        Assert.NotEmpty(plan.Images("module-neuvector.tar", "extra/scanner"));
    }

    [Fact]
    public async Task Modules_without_any_image_alone_are_an_empty_plan() => Assert.Equal(
        [FaultCode.PlanEmpty],
        await source.Run(MirrorComponents.Modules, settings => settings with
        {
            BundleFormat = BundleFormat.Legacy025,
            OnlyExtraImages = true,
            IncludeModules = ["console"],
        }).RefusedAsync());

    [Theory]
    [InlineData("")]
    [InlineData("install")]
    [InlineData("install-standalone")]
    public async Task A_channel_stands_for_the_release_that_it_names(string layout)
    {
        IReadOnlyList<PlannedImage> images =
            (await PlanAsync(MirrorComponents.Platform)).Images("platform.tar", layout);

        Assert.Equal(Tagged("v1.69.4"), Tagged("stable"));
        Assert.Equal(Tagged("v1.72.1"), Tagged("alpha"));
        Assert.EndsWith(":stable", images.Single(image => image.Tag == "stable").Reference, StringComparison.Ordinal);

        string Tagged(string tag) => images.Single(image => image.Tag == tag).Digest.ToString();
    }

    [Theory]
    [InlineData("v1.70.2", "v1.70.2")]
    [InlineData("stable", "v1.69.4")]
    [InlineData("pr12345", "pr12345")]
    public async Task One_release_is_all_channels_in_all_four_layouts(string tag, string release)
    {
        MirrorPlan plan = await PlanAsync(
            MirrorComponents.Platform, settings => settings with { DeckhouseTag = tag });

        Assert.All(["", "install", "install-standalone", "release-channel"], layout => Assert.Equal(
            Channels.Append(release).Order(StringComparer.Ordinal), plan.Tags("platform.tar", layout)));
        Assert.Single(plan.Images("platform.tar", "install").Select(image => image.Digest).Distinct());
    }

    [Fact]
    public async Task The_channels_of_the_other_repositories_cost_no_request()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(registry, folder.FullName);
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.Platform,
            BundleFormat = BundleFormat.Legacy025,
        };

        MirrorPlan plan = await run.PlanAsync();
        int legacy = registry.Requests.All.Count;
        run.Settings = run.Settings with
        {
            BundleDirectory = folder.Combine("other"),
            BundleFormat = BundleFormat.PathPreserving,
        };
        registry.Requests.Clear();
        await run.PlanAsync();

        Assert.Equal(legacy, registry.Requests.All.Count);
        Assert.Equal(legacy, plan.Requests);
    }

    [Fact]
    public async Task Releases_without_a_standalone_installer_leave_that_layout_empty()
    {
        SketchedSource sketch = new();
        foreach (string repository in (string[])["", "/install"])
        {
            sketch.Image(
                SketchedSource.Edition + repository, ["v1.69.0"], ("deckhouse/candi/images_digests.json", "{}"));
        }

        foreach (string tag in (string[])["v1.69.0", .. Channels])
        {
            sketch.Release($"{SketchedSource.Edition}/release-channel", tag, "v1.69.0");
        }

        await using TestRegistry registry = await sketch.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(registry, folder.FullName);
        run.Settings = run.Settings with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Components = MirrorComponents.Platform,
            BundleFormat = BundleFormat.Legacy025,
        };

        MirrorPlan plan = await run.PlanAsync();

        Assert.Empty(plan.Images("platform.tar", "install-standalone"));
        Assert.Equal([.. Channels, "v1.69.0"], plan.Tags("platform.tar", "install"));
    }

    private static async Task<SourceReference[]> PushedAsync(string folder)
    {
        await using TestRegistry target = await PushRun.StartTargetAsync();
        await new PushRun(target.Host, folder).PushAsync();
        using RegistryReader reader = new(target.Host);
        return [.. await reader.ListAsync(TestContext.Current.CancellationToken)];
    }

    private Task<MirrorPlan> PlanAsync(
        MirrorComponents components, Func<MirrorPullSettings, MirrorPullSettings>? change = null) =>
        source.PlanAsync(components, settings => (change?.Invoke(settings) ?? settings) with
        {
            BundleFormat = BundleFormat.Legacy025,
        });
}
