using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class ComponentPlanTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    [Theory]
    [InlineData(MirrorComponents.Platform, "platform.tar")]
    [InlineData(MirrorComponents.SecurityDb, "security.tar")]
    [InlineData(MirrorComponents.Installer, "installer.tar")]
    [InlineData(MirrorComponents.Modules, "module-", "plugin-")]
    [InlineData(MirrorComponents.Packages, "package-")]
    [InlineData(MirrorComponents.Plugins, "plugin-")]
    public async Task A_component_that_is_switched_off_is_missing_and_nothing_else(
        MirrorComponents component, params string[] prefixes)
    {
        MirrorPlan all = await source.PlanAsync(MirrorComponents.All);

        MirrorPlan rest = await source.PlanAsync(MirrorComponents.All & ~component);

        Assert.Contains(all.Archives(), IsOfComponent);
        Assert.Equal(all.Everything().Where(image => !IsOfComponent(image)), rest.Everything());

        // Plugins follow from modules.
        bool IsOfComponent(string name) =>
            prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_security_databases_are_four_images_in_four_layouts()
    {
        MirrorPlan plan = await source.PlanAsync(MirrorComponents.SecurityDb);

        Assert.Equal(
            ["trivy-bdu:1", "trivy-checks:0", "trivy-db:2", "trivy-java-db:1"],
            plan.Archives[0].Layouts.Select(layout =>
                $"{layout.Path["security/".Length..]}:{Assert.Single(layout.Images).Tag}"));
        Assert.All(
            plan.Archives[0].Layouts, layout => Assert.NotNull(layout.Images[0].ArtifactType));
    }

    [Fact]
    public async Task The_installer_is_above_the_edition_and_of_the_tag_that_was_asked_for()
    {
        MirrorPlan latest = await source.PlanAsync(MirrorComponents.Installer);
        MirrorPlan other = await source.PlanAsync(
            MirrorComponents.Installer, settings => settings with { InstallerTag = "v1.72.1" });

        Assert.Equal("deckhouse/installer", latest.Images("installer.tar", "installer")[0].Repository);
        Assert.Equal(["latest"], latest.Tags("installer.tar", "installer"));
        Assert.Equal(["v1.72.1"], other.Tags("installer.tar", "installer"));
    }

    [Fact]
    public async Task An_installer_that_does_not_exist_is_noted()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Installer | MirrorComponents.SecurityDb,
            settings => settings with { InstallerTag = "nowhere" });

        Assert.Equal(["security.tar"], plan.Archives());
        Assert.Equal([FaultCode.OptionalImageMissing], plan.NoteCodes());
    }

    [Fact]
    public async Task An_edition_without_databases_and_modules_is_pulled_with_notes()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.All & ~MirrorComponents.Packages, path: "deckhouse/se");

        Assert.Equal(["installer.tar", "platform.tar"], plan.Archives());
        Assert.Equal(
            [
                FaultCode.NoSecurityDatabases, FaultCode.NoModules, FaultCode.DeckhouseCliLeftOut,
                FaultCode.PlatformPluginLeftOut,
            ],
            plan.NoteCodes());
    }

    [Fact]
    public async Task A_plan_without_any_image_is_a_fault() => Assert.Equal(
        [FaultCode.PlanEmpty], await source.Run(MirrorComponents.SecurityDb, path: "deckhouse/se").RefusedAsync());
}
