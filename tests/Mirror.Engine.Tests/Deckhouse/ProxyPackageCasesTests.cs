using System.Collections.Immutable;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases of packages behind a registry that lists no tags.</summary>
public sealed class ProxyPackageCasesTests
{
    [Theory]
    [InlineData("package-proxy")]
    public async Task Versions_of_a_package_are_found_without_a_list(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        foreach (string tag in SpecCase.Strings(spec.Input, "tags"))
        {
            source.Version("packages", SpecCase.Text(spec.Input, "name")!, tag);
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        MirrorPlan plan = await PlanAsync(
            run, [.. SpecCase.Strings(spec.Input, "include").Select(ComponentRule.FromString)]);

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "main_images"),
            plan.Tags("package-console.tar", "packages/console"));
        Assert.Equal(spec.Expected.GetProperty("listings").GetInt32(), run.Registry.Requests.TagLists().Count);
    }

    [Theory]
    [InlineData("package-proxy-no-whitelist")]
    public async Task Packages_that_are_not_named_are_refused_before_anything_is_asked(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        await using SketchRun run = await SketchRun.StartAsync(new SketchedSource());

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => run.PlanAsync(
            MirrorComponents.Platform | MirrorComponents.Packages,
            settings => settings with { ProxyRegistry = true, IncludePlatform = VersionConstraint.Parse("^1.0.0") }));

        CaseFile.Check(
            spec, ErrorKinds.CodeOf(SpecCase.Text(spec.Expected, "error_kind")!), Assert.Single(refusal.Faults).Code);
        Assert.Empty(run.Registry.Requests.All);
    }

    private static Task<MirrorPlan> PlanAsync(SketchRun run, ImmutableArray<ComponentRule> includes) => run.PlanAsync(
        MirrorComponents.Packages,
        settings => settings with
        {
            ProxyRegistry = true,
            SelectionRules = SelectionRules.V033,
            IncludePackages = includes,
        });
}
