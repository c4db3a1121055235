using Mirror.Engine.Tests.Deckhouse;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Plans against a registry that lists nothing.</summary>
public sealed class ProxyPlanTests : IDisposable
{
    private static readonly string[] Releases = ["v1.64.0", "v1.64.1", "v1.65.0"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_gaps_a_proxy_gives_what_lists_give_and_is_never_asked_for_a_list()
    {
        await using TestRegistry proxy = await Source().StartAsync(options => options with { AllowTagLists = false });
        await using TestRegistry registry = await Source().StartAsync();
        MirrorPullSettings wanted = new()
        {
            IncludePlatform = VersionConstraint.Parse("^1.64.0"),
            IncludeModules = ["console@^1.0.0"],
            IncludePackages = ["pkg@^1.0.0"],
        };

        MirrorPlan probed = await Run(proxy, wanted with { ProxyRegistry = true }).PlanAsync();
        MirrorPlan listed = await Run(registry, wanted).PlanAsync();

        Assert.Equal(listed.Everything(), probed.Everything());
        Assert.Equal(
            ["module-console.tar", "package-pkg.tar", "package-versions.tar", "platform.tar"], probed.Archives());
        Assert.Contains(probed.Everything(), image => image.Contains(".att=", StringComparison.Ordinal));
        Assert.Empty(proxy.Requests.TagLists());
        Assert.NotEmpty(registry.Requests.TagLists());
        Assert.Equal([FaultCode.VersionsProbed], probed.NoteCodes());
        Assert.Empty(listed.Notes);
        string[] asked = [.. proxy.Requests.All.Select(record => $"{record.Method} {record.Path}")];
        Assert.Equal(asked.Distinct(), asked);
    }

    [Fact]
    public async Task Where_the_search_left_off_is_told_once_for_each_constraint()
    {
        SketchedSource source = Source();
        source.Version("modules", "console", "v1.0.5");
        source.Version("modules", "console", "v2.0.0");
        await using TestRegistry proxy = await source.StartAsync(options => options with { AllowTagLists = false });

        MirrorPlan plan = await Run(proxy, Console("console@^1.0.0", "console@>=2.0.0 <=2.0.0")).PlanAsync();

        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.VersionsProbed, note.Code);
        Assert.Contains("the module 'console' within '^1.0.0'", note.Message, StringComparison.Ordinal);
        Assert.EndsWith("v1.0.2, v1.1.1, v1.2.0.", note.Message, StringComparison.Ordinal);
        Assert.Contains("=v1.2.3", note.Advice, StringComparison.Ordinal);
        Assert.Equal(
            ["v1.0.0", "v1.0.1", "v1.1.0", "v2.0.0"], plan.Tags("module-console.tar", "modules/console"));
    }

    [Fact]
    public async Task A_version_beyond_a_gap_is_found_by_its_tag_which_is_not_searched_for()
    {
        SketchedSource source = Source();
        source.Version("modules", "console", "v1.0.5");
        await using TestRegistry proxy = await source.StartAsync(options => options with { AllowTagLists = false });

        MirrorPlan plan = await Run(proxy, Console("console@=v1.0.5")).PlanAsync();

        Assert.Equal(["v1.0.5"], plan.Tags("module-console.tar", "modules/console"));
        Assert.Empty(plan.Notes);
        Assert.DoesNotContain(
            proxy.Requests.Manifests("r/ee/modules/console"),
            record => record.Path.EndsWith("v1.0.6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_finds_nothing_is_a_fault_that_says_where_it_looked()
    {
        await using TestRegistry proxy = await Source().StartAsync(options => options with { AllowTagLists = false });
        MirrorPullSettings platform = new()
        {
            ProxyRegistry = true,
            Components = MirrorComponents.Platform,
            IncludePlatform = VersionConstraint.Parse("^1.90.0"),
        };

        Fault module = await FaultAsync(Run(proxy, Console("console@^1.90.0")));
        Fault unbounded = await FaultAsync(Run(proxy, Console("console@<1.0.0")));
        Fault release = await FaultAsync(Run(proxy, platform));

        Assert.Equal(FaultCode.ModuleSelectsNothing, module.Code);
        Assert.EndsWith("v1.90.0, v1.91.0.", module.Message, StringComparison.Ordinal);
        Assert.Equal(FaultCode.ModuleSelectsNothing, unbounded.Code);
        Assert.EndsWith("'<1.0.0' has no lowest version.", unbounded.Message, StringComparison.Ordinal);
        Assert.Equal(FaultCode.PlatformSelectsNothing, release.Code);
        Assert.EndsWith("v1.90.0, v1.91.0.", release.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_without_a_version_follows_its_channels()
    {
        await using TestRegistry proxy = await Source().StartAsync(options => options with { AllowTagLists = false });

        MirrorPlan plan = await Run(proxy, new MirrorPullSettings
        {
            ProxyRegistry = true,
            Components = MirrorComponents.Packages,
            IncludePackages = ["pkg"],
        }).PlanAsync();

        Assert.Equal(["v1.1.0"], plan.Tags("package-pkg.tar", "packages/pkg"));
        Assert.Equal(["stable", "v1.1.0"], plan.Tags("package-versions.tar", "packages/pkg/version"));
        Assert.Empty(plan.Notes);
    }

    private static MirrorPullSettings Console(params string[] rules) => new()
    {
        ProxyRegistry = true,
        Components = MirrorComponents.Modules,
        IncludeModules = [.. rules.Select(ComponentRule.FromString)],
    };

    /// <summary>A platform, a module and a package, each with two minor lines and no gap.</summary>
    private static SketchedSource Source()
    {
        SketchedSource source = new();
        foreach (string release in Releases)
        {
            source.Platform(release, "component");
        }

        foreach (string channel in (string[])["alpha", "beta", "early-access", "stable", "rock-solid"])
        {
            source.Release($"{SketchedSource.Edition}/release-channel", channel, "v1.64.1");
        }

        foreach ((string catalogue, string name) in new[] { ("modules", "console"), ("packages", "pkg") })
        {
            source.Version(catalogue, name, "v1.0.0");
            source.Version(catalogue, name, "v1.0.1");
            source.Version(catalogue, name, "v1.1.0");
            source.Channel(catalogue, name, "stable", "v1.1.0");
        }

        string image = source.Image($"{SketchedSource.Edition}/modules/console", ["v1.1.0"]);
        source.Image($"{SketchedSource.Edition}/modules/console", [$"{image.Replace(':', '-')}.att"]);
        return source;
    }

    private EngineRun Run(TestRegistry registry, MirrorPullSettings wanted)
    {
        EngineRun run = new(registry.Host, _folder.Combine(Guid.NewGuid().ToString("N")));
        run.Settings = wanted with
        {
            Source = new RegistryEndpoint($"{registry.Host}/{SketchedSource.Edition}"),
            Insecure = true,
            BundleDirectory = run.Settings.BundleDirectory,
            Components = wanted.Components & ~(
                MirrorComponents.SecurityDb | MirrorComponents.Installer | MirrorComponents.Plugins
                | MirrorComponents.DeckhouseCli),
        };
        return run;
    }

    private static async Task<Fault> FaultAsync(EngineRun run) =>
        Assert.Single((await Assert.ThrowsAsync<MirrorException>(run.PlanAsync)).Faults);
}
