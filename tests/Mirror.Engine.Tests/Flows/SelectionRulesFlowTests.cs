using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The same settings under the rules of d8 0.25.2 and of d8 0.33.</summary>
public sealed class SelectionRulesFlowTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    [Theory]
    [InlineData("sds-local-volume", "0.4.0",
        "v0.4.0 v0.4.2 v0.4.4 v0.5.3 v0.6.1 v0.7.2", "v0.4.4 v0.5.3 v0.6.1 v0.7.2")]
    [InlineData("sds-local-volume", ">=0.4.0 <0.6.0",
        "v0.4.0 v0.4.2 v0.4.4 v0.5.1 v0.5.3 v0.6.1 v0.7.2", "v0.4.0 v0.4.4 v0.5.3 v0.6.1 v0.7.2")]
    [InlineData("test-module", "1.2.0",
        "v1.2.0 v1.3.0 v1.3.1 v1.3.2 v1.3.3 v1.4.0 v1.4.1", "v1.2.0 v1.3.3 v1.4.1")]
    [InlineData("test-module", ">=1.3.0 <=1.3.2",
        "v1.2.0 v1.3.0 v1.3.1 v1.3.2 v1.3.3 v1.4.1", "v1.2.0 v1.3.0 v1.3.2 v1.3.3 v1.4.1")]
    public async Task They_choose_other_versions_of_modules(
        string module, string constraint, string caret, string latest)
    {
        Assert.Equal((caret, latest), await BothAsync(
            MirrorComponents.Modules,
            settings => settings with { IncludeModules = [$"{module}@{constraint}"] },
            plan => plan.Tags($"module-{module}.tar", $"modules/{module}")));
    }

    [Theory]
    [InlineData("0.4.0")]
    [InlineData(">0.4.0 <0.5.0")]
    public async Task They_choose_other_versions_of_packages(string constraint)
    {
        Assert.Equal(("v0.4.1 v0.4.2 v0.5.0", "v0.4.2 v0.5.0"), await BothAsync(
            MirrorComponents.Packages,
            settings => settings with { IncludePackages = [$"pkg-one@{constraint}"] },
            plan => plan.Tags("package-pkg-one.tar", "packages/pkg-one")));
    }

    [Theory]
    [InlineData(">=1.68.8 <1.70.0",
        "v1.68.8 v1.68.9 v1.69.2 v1.69.3 v1.69.4 v1.69.5", "v1.68.8 v1.68.9 v1.69.4 v1.69.5")]
    [InlineData("1.69.0",
        "v1.69.2 v1.69.3 v1.69.4 v1.69.5 v1.70.2 v1.71.0 v1.72.0 v1.72.1", "v1.69.4 v1.69.5 v1.70.2 v1.71.0 v1.72.1")]
    public async Task They_choose_other_releases_of_the_platform(string constraint, string all, string latest)
    {
        Assert.Equal((all, latest), await BothAsync(
            MirrorComponents.Platform,
            settings => settings with { IncludePlatform = VersionConstraint.Parse(constraint) },
            plan => plan.Tags("platform.tar", "install")));
    }

    private async Task<(string V025, string V033)> BothAsync(
        MirrorComponents components,
        Func<MirrorPullSettings, MirrorPullSettings> change,
        Func<MirrorPlan, string[]> look)
    {
        MirrorPlan first = await source.PlanAsync(
            components, settings => change(settings) with { SelectionRules = SelectionRules.V025 });
        MirrorPlan second = await source.PlanAsync(
            components, settings => change(settings) with { SelectionRules = SelectionRules.V033 });
        return (string.Join(' ', look(first)), string.Join(' ', look(second)));
    }
}
