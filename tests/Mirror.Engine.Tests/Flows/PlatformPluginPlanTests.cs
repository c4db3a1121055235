using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// The plugins that come with every platform, and those that are named like a command of d8, of the miniature source
/// with other plugins in it.
/// </summary>
public sealed class PlatformPluginPlanTests : IDisposable
{
    private const string Root = "deckhouse/deckhouse-cli/plugins";
    private const string ForLater = """{"requirements":{"deckhouse":{"constraint":">=1.99.0"}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("standalone-tool", "delivery-kit:v1.2.0 package:v1.0.0 standalone-tool:v2.0.0 system:v0.2.0")]
    [InlineData("package@=v1.1.0", "delivery-kit:v1.2.0 package:v1.0.0 package:v1.1.0 system:v0.2.0")]
    public async Task They_come_whatever_plugins_are_included(string rule, string plugins)
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();

        MirrorPlan plan = await PlanAsync(source, settings => settings with { IncludePlugins = [rule] });

        Assert.Equal(plugins.Split(' '), Selected(plan));
    }

    [Theory]
    [InlineData("{}", "package:v1.0.0", Root + "/system does not exist")]
    [InlineData(ForLater, "", "package v1.0.0 needs Deckhouse >=1.99.0")]
    public async Task One_that_is_not_published_or_fits_no_release_is_a_warning_and_the_rest_comes(
        string contract, string plugins, string why)
    {
        await using TestRegistry source = await StartAsync(("package", "v1.0.0", contract));

        MirrorPlan plan = await PlanAsync(source);

        Assert.Equal(plugins.Split(' ', StringSplitOptions.RemoveEmptyEntries), Selected(plan));
        Assert.All(plan.Notes, note => Assert.Equal(FaultCode.PlatformPluginLeftOut, note.Code));
        Assert.Contains(plan.Notes, note => note.Message.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task One_that_is_denied_is_a_warning_and_the_other_comes(int status)
    {
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();
        source.Faults.Add(
            request => request.Route.Repository == $"{Root}/package", new RegistryFault { Status = status });

        MirrorPlan plan = await PlanAsync(source);

        Assert.Equal(["delivery-kit:v1.2.0", "system:v0.2.0"], Selected(plan));
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.PluginUnreadable, note.Code);
        Assert.Contains($"{Root}/package ", note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "package system")]
    [InlineData("package@=v1.0.0", "system")]
    [InlineData("package@=v1.0.0 system@=v0.2.0 delivery-kit@=v1.2.0", "")]
    public async Task Behind_a_proxy_registry_a_warning_says_how_to_name_each_that_is_not_named(
        string rules, string unnamed)
    {
        string[] named = rules.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await using TestRegistry source = await MiniSource.StartWithDeckhouseCliAsync();

        MirrorPlan plan = await PlanAsync(source, settings => settings with
        {
            ProxyRegistry = true,
            IncludePlatform = VersionConstraint.Parse("=v1.69.4"),
            IncludePlugins = [.. named.Select(ComponentRule.Parse)],
        });

        Assert.Equal(named.Select(rule => rule.Replace("@=", ":")).Order(StringComparer.Ordinal), Selected(plan));
        Assert.Equal(
            unnamed.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            plan.Notes.Select(note => note.Message.Split('\'')[1]));
        Assert.All(plan.Notes, note => Assert.Equal(FaultCode.PlatformPluginLeftOut, note.Code));
        Assert.All(plan.Notes, note => Assert.Contains(
            $"IncludePlugins, as {note.Message.Split('\'')[1]}@=v1.2.3", note.Advice, StringComparison.Ordinal));
        Assert.Empty(source.Requests.TagLists());
    }

    [Theory]
    [InlineData("delivery-kit")]
    [InlineData("package")]
    public async Task A_dependency_named_like_a_built_in_command_is_mirrored_when_it_is_published(string name)
    {
        await using TestRegistry source = await StartAsync(
            ("builder", "v1.0.0", Needs(name)), (name, "v0.9.0", "{}"), (name, "v1.4.0", "{}"));

        MirrorPlan plan = await PlanAsync(source, Include("builder"));

        Assert.Equal(["builder:v1.0.0", $"{name}:v1.4.0"], Selected(plan));
        Assert.Empty(plan.Notes);
    }

    [Theory]
    [InlineData("delivery-kit", null, "which is not published")]
    [InlineData("package", null, "which is not published")]
    [InlineData("package", "v0.9.0", "of which no usable version is published")]
    public async Task The_built_in_command_is_the_fallback_with_a_note(string name, string? published, string why)
    {
        await using TestRegistry source = await StartAsync(
            [("builder", "v1.0.0", Needs(name)), .. published is null ? [] : Single(name, published)]);

        MirrorPlan plan = await PlanAsync(source, Include("builder"));

        Assert.Equal(["builder:v1.0.0"], Selected(plan));
        Fault note = Assert.Single(plan.Notes);
        Assert.Equal(FaultCode.BuiltInInstead, note.Code);
        Assert.Contains($"'{name}'", note.Message, StringComparison.Ordinal);
        Assert.Contains(why, note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dependency_that_is_no_built_in_command_has_no_fallback()
    {
        await using TestRegistry source = await StartAsync(("builder", "v1.0.0", Needs("toolbox")));

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(
            () => PlanAsync(source, Include("builder")));

        Assert.Equal(FaultCode.PluginUnusable, Assert.Single(refusal.Faults).Code);
    }

    private static string Needs(string name) =>
        """{"requirements":{"plugins":{"mandatory":[{"name":"NAME","constraint":">=1.0.0"}]}}}""".Replace("NAME", name);

    private static (string Name, string Tag, string Contract)[] Single(string name, string tag) => [(name, tag, "{}")];

    private static Func<MirrorPullSettings, MirrorPullSettings> Include(string plugin) => settings => settings with
    {
        Components = MirrorComponents.Installer | MirrorComponents.Plugins,
        IncludePlugins = [plugin],
    };

    private static Task<TestRegistry> StartAsync(params (string Name, string Tag, string Contract)[] plugins)
    {
        ContentSet content = DeckhouseMini.Load();
        Array.ForEach(plugins, plugin => MiniDeckhouseCli.AddPlugin(content, plugin.Name, plugin.Tag, plugin.Contract));
        return MiniSource.StartAsync(content);
    }

    private Task<MirrorPlan> PlanAsync(
        TestRegistry source, Func<MirrorPullSettings, MirrorPullSettings>? change = null)
    {
        EngineRun run = EngineRun.Of(source, _folder.FullName);
        run.Settings = run.Settings with { Components = MirrorComponents.Platform | MirrorComponents.Plugins };
        run.Settings = change?.Invoke(run.Settings) ?? run.Settings;
        return run.PlanAsync();
    }

    /// <summary>The plugins of a plan, as <c>name:tag</c>.</summary>
    private static IEnumerable<string> Selected(MirrorPlan plan) => plan.Archives()
        .Where(archive => archive.StartsWith("plugin-", StringComparison.Ordinal))
        .Select(archive => archive["plugin-".Length..^".tar".Length])
        .SelectMany(
            name => plan.Tags($"plugin-{name}.tar", $"deckhouse-cli/plugins/{name}"), (name, tag) => $"{name}:{tag}");
}
