using System.Collections.Immutable;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class CataloguePlanTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    private const string Archive = "module-test-module.tar";
    private const string Layout = "modules/test-module";
    private const string Release = "modules/test-module/release";
    private static readonly string[] Channels = ["alpha", "beta", "early-access", "rock-solid", "stable"];

    [Fact]
    public async Task Without_rules_every_module_gets_an_archive_of_its_channels()
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.Modules);

        Assert.Equal(
            [
                "module-console.tar", "module-neuvector.tar", "module-sds-local-volume.tar", "module-stronghold.tar",
                Archive,
            ],
            plan.Archives());
        Assert.Contains("lts", plan.Tags("module-stronghold.tar", "modules/stronghold/release"));
        Assert.Superset(
            Channels.ToHashSet(StringComparer.Ordinal), plan.Tags(Archive, Release).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_extra_images_takes_those_of_the_same_versions_and_nothing_else()
    {
        MirrorPlan all = await source.PlanAsync(MirrorComponents.Modules | MirrorComponents.Packages);

        MirrorPlan extras = await source.PlanAsync(
            MirrorComponents.Modules, settings => settings with { OnlyExtraImages = true });

        Assert.Equal(
            all.Everything().Where(image => image.Contains("/extra/", StringComparison.Ordinal)),
            extras.Everything());
        Assert.NotEmpty(extras.Tags("module-neuvector.tar", "modules/neuvector/extra/scanner"));
        Assert.Empty(extras.Tags("module-neuvector.tar", "modules/neuvector"));
    }

    [Fact]
    public async Task A_name_alone_selects_what_the_channels_select()
    {
        MirrorPlan all = await source.PlanAsync(MirrorComponents.Modules);
        MirrorPlan one = await IncludeAsync("test-module");

        Assert.Equal([Archive], one.Archives());
        Assert.Equal(
            all.Everything().Where(image => image.StartsWith(Archive, StringComparison.Ordinal)), one.Everything());
    }

    [Theory]
    [InlineData("^1.3.0", "v1.3.0 v1.3.1 v1.3.2 v1.3.3 v1.4.0 v1.4.1")]
    [InlineData("~1.3.0", "v1.3.0 v1.3.1 v1.3.2 v1.3.3")]
    [InlineData(">=1.1.0 <1.3.0", "v1.1.0 v1.2.0")]
    public async Task A_range_adds_to_the_channels(string range, string versions)
    {
        MirrorPlan channels = await IncludeAsync("test-module");

        MirrorPlan plan = await IncludeAsync($"test-module@{range}");

        Assert.Equal(
            channels.Tags(Archive, Layout).Union(versions.Split(' ')).Order(StringComparer.Ordinal),
            plan.Tags(Archive, Layout));
        Assert.Equal(
            channels.Tags(Archive, Release).Union(versions.Split(' ')).Order(StringComparer.Ordinal),
            plan.Tags(Archive, Release));
    }

    [Theory]
    [InlineData("=v1.3.0", "v1.3.0", "alpha beta early-access lts rock-solid stable v1.3.0")]
    [InlineData("=bobV1", "bobV1", "alpha beta bobV1 early-access lts rock-solid stable")]
    [InlineData("=v1.3.0+stable", "v1.3.0", "stable v1.3.0")]
    public async Task An_exact_rule_takes_only_its_tag_and_publishes_it_as_channels(
        string rule, string tag, string published)
    {
        MirrorPlan plan = await IncludeAsync($"test-module@{rule}");

        Assert.Equal([tag], plan.Tags(Archive, Layout));
        Assert.Equal(published.Split(' '), plan.Tags(Archive, Release));
        Assert.Single(plan.Images(Archive, Release).Select(image => image.Digest).Distinct());
    }

    [Fact]
    public async Task Several_exact_rules_are_published_only_as_the_channels_they_name()
    {
        MirrorPlan plan = await IncludeAsync("test-module@=v1.3.0+stable", "test-module@=v1.4.0");

        Assert.Equal(["v1.3.0", "v1.4.0"], plan.Tags(Archive, Layout));
        Assert.Equal(["stable", "v1.3.0", "v1.4.0"], plan.Tags(Archive, Release));
    }

    [Theory]
    [InlineData("pkg-one@=v0.4.2", "alpha beta early-access lts rock-solid stable v0.4.1 v0.4.2 v0.5.0")]
    [InlineData("pkg-one@=v0.4.2+stable", "stable v0.4.1 v0.4.2 v0.5.0")]
    public async Task Channels_of_an_exact_rule_for_a_package_are_those_of_the_rule_in_whatever_order_archives_come(
        string rule, string published)
    {
        EngineRun run = source.Run(
            MirrorComponents.Packages, settings => settings with { IncludePackages = [rule] });
        MirrorReport pulled = await run.PullAsync();
        await using TestRegistry target = await PushRun.StartTargetAsync();

        await new PushRun(target.Host, run.Settings.BundleDirectory).PushAsync();

        RepositoryContent versions = target.Content.Repository("mirror/ee/packages/pkg-one/version");
        Assert.Equal(published.Split(' '), versions.Tags.Order(StringComparer.Ordinal));
        Assert.True(versions.TryGetManifest("v0.4.2", out StoredManifest? named));
        Assert.All(
            versions.Tags.Where(tag => !tag.StartsWith('v')),
            tag => Assert.Equal(named, versions.TryGetManifest(tag, out StoredManifest? found) ? found : null));
        Assert.Equal(
            ["v0.4.1", "v0.4.2", "v0.5.0"],
            pulled.Plan.Tags("package-versions.tar", "packages/pkg-one/version"));
    }

    [Fact]
    public async Task An_excluded_module_is_left_out()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Modules, settings => settings with { ExcludeModules = ["test-module"] });

        Assert.Equal(4, plan.Archives.Length);
        Assert.DoesNotContain(Archive, plan.Archives());
    }

    [Fact]
    public async Task An_exclude_with_a_version_leaves_out_only_that_version()
    {
        string version = (await IncludeAsync("test-module")).Tags(Archive, Layout)[0];

        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Modules, settings => settings with { ExcludeModules = [$"test-module@={version}"] });

        Assert.DoesNotContain(version, plan.Tags(Archive, Layout));
        Assert.NotEmpty(plan.Tags(Archive, Layout));
    }

    [Fact]
    public async Task Modules_that_do_not_exist_are_faults_all_at_once() => Assert.Equal(
        [FaultCode.ModuleMissing, FaultCode.ModuleMissing],
        await source.Run(
            MirrorComponents.Modules, settings => settings with { IncludeModules = ["nowhere", "nobody"] })
            .RefusedAsync());

    [Fact]
    public async Task A_constraint_that_matches_nothing_is_a_fault() => Assert.Equal(
        [FaultCode.ModuleSelectsNothing],
        await source.Run(
            MirrorComponents.Modules, settings => settings with { IncludeModules = ["test-module@^7.0.0"] })
            .RefusedAsync());

    [Fact]
    public async Task A_module_that_does_not_exist_comes_with_the_nearest_one_and_with_what_is_there()
    {
        Fault fault = await RefusedAsync("konsole");

        Assert.Contains("/modules, which has 'console', ", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("Did you mean 'console'? ", fault.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test-module@^7.0.0", " There are 'v2.1.0', ", "")]
    [InlineData("test-module@=v2.1.1", " There are 'v2.1.0', ", "Did you mean 'v2.1.0'")]
    public async Task A_version_that_does_not_exist_comes_with_the_newest_ones(string rule, string there, string asked)
    {
        Fault fault = await RefusedAsync(rule);

        Assert.Contains(there, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(" more.", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(asked, fault.Advice, StringComparison.Ordinal);
    }

    private async Task<Fault> RefusedAsync(string rule)
    {
        EngineRun run = source.Run(
            MirrorComponents.Modules, settings => settings with { IncludeModules = [rule] });
        return Assert.Single((await Assert.ThrowsAsync<MirrorException>(run.PlanAsync)).Faults);
    }

    [Fact]
    public async Task Extra_images_get_layouts_of_their_own()
    {
        MirrorPlan plan = await IncludeAsync("neuvector@=v1.3.0");

        Assert.Equal(["v5.0.1"], plan.Tags("module-neuvector.tar", "modules/neuvector/extra/scanner"));
        Assert.Equal(["2025-01-15"], plan.Tags("module-neuvector.tar", "modules/neuvector/extra/enforcer"));
        Assert.Equal(["7"], plan.Tags("module-neuvector.tar", "modules/neuvector/extra/controller"));
    }

    [Fact]
    public async Task Attestations_of_modules_are_taken_unless_they_are_switched_off()
    {
        MirrorPlan with = await IncludeAsync("console");
        MirrorPlan without = await source.PlanAsync(
            MirrorComponents.Modules, settings => settings with { IncludeModules = ["console"], SkipVexImages = true });

        string[] difference = [.. with.Everything().Except(without.Everything(), StringComparer.Ordinal)];
        Assert.NotEmpty(difference);
        Assert.All(difference, image => Assert.Contains(".att=", image, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Packages_are_chosen_like_modules_and_their_catalogue_has_all_versions_of_all()
    {
        MirrorPlan all = await source.PlanAsync(MirrorComponents.Packages);
        MirrorPlan one = await source.PlanAsync(
            MirrorComponents.Packages, settings => settings with { IncludePackages = ["pkg-one@=v0.4.2"] });
        MirrorPlan other = await source.PlanAsync(
            MirrorComponents.Packages, settings => settings with { ExcludePackages = ["pkg-one"] });

        Assert.Equal(["package-pkg-one.tar", "package-pkg-two.tar", "package-versions.tar"], all.Archives());
        Assert.Equal(["package-pkg-one.tar", "package-versions.tar"], one.Archives());
        Assert.Equal(["package-pkg-two.tar", "package-versions.tar"], other.Archives());
        Assert.Equal(["v0.4.2"], one.Tags("package-pkg-one.tar", "packages/pkg-one"));
        Assert.Equal(Catalogue(all, "pkg-one").Except(Channels), Catalogue(one, "pkg-one"));
        Assert.Equal(Catalogue(all, "pkg-one"), Catalogue(other, "pkg-one"));
        Assert.Equal(Catalogue(all, "pkg-two"), Catalogue(one, "pkg-two"));

        static string[] Catalogue(MirrorPlan plan, string package) =>
            plan.Tags("package-versions.tar", $"packages/{package}/version");
    }

    [Fact]
    public async Task Another_suffix_reads_modules_elsewhere_and_says_so()
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.Modules, settings => settings with
        {
            ModulesPathSuffix = "packages",
            IncludeModules = ["pkg-two@^1.0.0"],
        });

        Assert.Equal(
            "deckhouse/ee/packages/pkg-two", plan.Images("module-pkg-two.tar", "modules/pkg-two")[0].Repository);
        Assert.Contains(FaultCode.ModulesPathMoved, plan.NoteCodes());
    }

    private Task<MirrorPlan> IncludeAsync(params ImmutableArray<ComponentRule> rules) => source.PlanAsync(
        MirrorComponents.Modules, settings => settings with { IncludeModules = rules });
}
