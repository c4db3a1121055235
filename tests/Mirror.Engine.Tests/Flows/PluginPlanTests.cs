using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PluginPlanTests(PlanFlowFixture source) : IClassFixture<PlanFlowFixture>
{
    private const string Root = "deckhouse/deckhouse-cli/plugins";
    private const MirrorComponents Installer = MirrorComponents.Installer;
    private const MirrorComponents Modules = MirrorComponents.Modules | MirrorComponents.Plugins;

    [Fact]
    public async Task A_plugin_comes_with_the_modules_that_ask_for_it_in_the_version_of_each()
    {
        EngineRun run = source.Run(Modules);

        MirrorPlan plan = await run.PlanAsync();

        Assert.Equal(["v1.0.0", "v1.1.0"], Tags(plan, "console-tool"));
        Assert.Equal(["plugin-console-tool.tar"], Plugins(plan));
        Assert.All(
            plan.Images("plugin-console-tool.tar", "deckhouse-cli/plugins/console-tool"),
            image => Assert.Equal(("module console", $"{Root}/console-tool"), (image.Reason, image.Repository)));
        Assert.Contains(run.Events, told => told.Message.StartsWith(
            "CLI plugin lonely is not taken: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_included_plugin_comes_in_its_newest_stable_version()
    {
        MirrorPlan plan = await source.PlanAsync(
            Modules, settings => settings with { IncludePlugins = ["standalone-tool"] });

        Assert.Equal(["plugin-console-tool.tar", "plugin-standalone-tool.tar"], Plugins(plan));
        Assert.Equal(["v2.0.0"], Tags(plan, "standalone-tool"));
        Assert.Equal(
            "IncludePlugins",
            plan.Images("plugin-standalone-tool.tar", "deckhouse-cli/plugins/standalone-tool")[0].Reason);
    }

    [Fact]
    public async Task A_pre_release_comes_when_it_is_named_exactly()
    {
        MirrorPlan plan = await source.PlanAsync(
            Modules, settings => settings with { IncludePlugins = ["standalone-tool@=v2.1.0-rc.1"] });

        Assert.Equal(["v2.1.0-rc.1"], Tags(plan, "standalone-tool"));
    }

    [Fact]
    public async Task Without_plugins_an_included_one_comes_alone_with_a_warning_of_what_the_cluster_must_provide()
    {
        MirrorPlan plan = await source.PlanAsync(
            MirrorComponents.Modules, settings => settings with { IncludePlugins = ["lonely@^0.1"] });

        Assert.Equal(["plugin-lonely.tar"], Plugins(plan));
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.PluginRequirementUnmet, note.Code);
        Assert.Contains("the module absent-module >=1.0.0", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_extra_images_are_pulled_without_plugins() => Assert.Empty(Plugins(await source.PlanAsync(
        MirrorComponents.All, settings => settings with { OnlyExtraImages = true })));

    [Theory]
    [InlineData("nowhere", FaultCode.PluginMissing)]
    [InlineData("double--dash", FaultCode.PluginMissing)]
    [InlineData("standalone-tool@^3.0", FaultCode.PluginMissing)]
    [InlineData("standalone-tool@=v9.9.9", FaultCode.PluginMissing)]
    [InlineData("standalone-tool@=main", FaultCode.PluginMissing)]
    public async Task An_included_plugin_that_does_not_exist_is_a_fault_that_names_the_rule(string rule, string code)
    {
        EngineRun run = source.Run(Installer, settings => settings with { IncludePlugins = [rule] });

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(run.PlanAsync);

        Fault fault = Assert.Single(refusal.Faults);
        Assert.Equal(code, fault.Code);
        Assert.Contains($"'{rule}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standalone-tol", "Did you mean 'standalone-tool'? ", "'standalone-tool'")]
    [InlineData("standalone-tol@=v1.0.0", "Did you mean 'standalone-tool'? ", "'standalone-tool'")]
    [InlineData("standalone-tool@^3.0", "Name a plugin", " There are 'v")]
    public async Task An_included_plugin_that_does_not_exist_comes_with_the_nearest_one_and_with_what_is_there(
        string rule, string advice, string there)
    {
        EngineRun run = source.Run(Installer, settings => settings with { IncludePlugins = [rule] });

        Fault fault = Assert.Single((await Assert.ThrowsAsync<MirrorException>(run.PlanAsync)).Faults);

        Assert.Contains(there, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(advice, fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_included_plugins_that_do_not_exist_are_reported_together() => Assert.Equal(
        [FaultCode.PluginMissing, FaultCode.PluginMissing],
        await source.Run(Installer, settings => settings with { IncludePlugins = ["a@=v1.0.0", "b"] }).RefusedAsync());

    [Fact]
    public async Task Nobody_asks_for_plugins_where_no_module_is_pulled()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();

        await PlanAsync(registry, settings => settings with { Components = Installer | MirrorComponents.Plugins });

        Assert.DoesNotContain(
            registry.Requests.All, record => record.Path.Contains("deckhouse-cli", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_source_that_keeps_its_plugins_to_others_is_pulled_with_a_note(int status)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        Refuse(registry, status);

        MirrorPlan plan = await PlanAsync(registry, settings => settings with { Components = Modules });

        Assert.Empty(Plugins(plan));
        Fault note = Assert.Single(plan.Notes, note => note.Code == FaultCode.PluginUnreadable);
        Assert.Contains(Root, note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, FaultCode.Unauthorized)]
    [InlineData(403, FaultCode.Forbidden)]
    public async Task A_refused_plugin_that_was_included_is_a_fault(int status, string code)
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        Refuse(registry, status);

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => PlanAsync(
            registry, settings => settings with { Components = Installer, IncludePlugins = ["standalone-tool"] }));

        Assert.Equal(code, Assert.Single(refusal.Faults).Code);
    }

    [Fact]
    public async Task Any_other_failure_of_the_catalogue_ends_the_run()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        Refuse(registry, 501);

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(
            () => PlanAsync(registry, settings => settings with { Components = Modules }));

        Assert.Equal(FaultCode.UnexpectedAnswer, Assert.Single(failure.Faults).Code);
    }

    private static void Refuse(TestRegistry registry, int status) => registry.Faults.Add(
        request => request.Route.Repository.StartsWith(Root, StringComparison.Ordinal),
        new RegistryFault { Status = status, ErrorCode = status == 501 ? "UNSUPPORTED" : "DENIED" });

    private static async Task<MirrorPlan> PlanAsync(
        TestRegistry registry, Func<MirrorPullSettings, MirrorPullSettings> change)
    {
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(registry, folder.FullName);
        run.Settings = change(run.Settings);
        return await run.PlanAsync();
    }

    private static string[] Plugins(MirrorPlan plan) =>
        [.. plan.Archives().Where(name => name.StartsWith("plugin-", StringComparison.Ordinal))];

    private static string[] Tags(MirrorPlan plan, string name) =>
        plan.Tags($"plugin-{name}.tar", $"deckhouse-cli/plugins/{name}");
}
