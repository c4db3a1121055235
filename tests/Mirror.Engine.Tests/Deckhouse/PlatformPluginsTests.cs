using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The plugins that come with every platform, and those that are named like a command of d8.</summary>
public sealed class PlatformPluginsTests
{
    private const string ForLater = """{"requirements":{"deckhouse":{"constraint":">=1.80.0"}}}""";
    private const string ForThis = """{"requirements":{"deckhouse":{"constraint":">=1.70.0"}}}""";
    private const string NeedsPackage =
        """{"requirements":{"plugins":{"mandatory":[{"name":"package","constraint":">=1.0.0"}]}}}""";

    private static readonly ImmutableArray<ChosenVersion> Platform = [new(ChosenVersion.Platform, "", "v1.71.3")];

    private readonly SketchedSource _sketch = new();

    [Fact]
    public async Task Of_each_comes_the_newest_version_for_the_platform_with_what_it_depends_on()
    {
        Add("package", "v1.0.0", ForThis);
        Add("package", "v1.1.0", ForThis);
        Add("package", "v1.2.0", ForLater);
        Add("system", "v0.1.0", """{"requirements":{"plugins":{"mandatory":[{"name":"base"}]}}}""");
        Add("base", "v2.0.0");
        Add("another", "v1.0.0");

        ResolvedParts parts = await ResolveAsync(Platform);

        Assert.Equal(["base:v2.0.0", "package:v1.1.0", "system:v0.1.0"], Selected(parts));
        Assert.Equal(
            ["dependency of system", "platform", "platform"],
            parts.Archives.Select(archive => archive.Layouts[0].Images[0].Reason));
        Assert.Empty(parts.Notes);
    }

    [Theory]
    [InlineData("another", "another:v1.0.0 package:v1.1.0 system:v0.1.0")]
    [InlineData("package@=v1.0.0", "package:v1.1.0 package:v1.0.0 system:v0.1.0")]
    public async Task They_come_whatever_plugins_are_included(string rule, string selected)
    {
        Add("package", "v1.0.0");
        Add("package", "v1.1.0");
        Add("system", "v0.1.0");
        Add("another", "v1.0.0");

        Assert.Equal(selected.Split(' '), Selected(await ResolveAsync(Platform, rule)));
    }

    [Fact]
    public async Task A_build_whose_tag_is_no_version_is_a_platform_too()
    {
        Add("package", "v1.2.0", ForLater);
        Add("system", "v0.1.0");

        Assert.Equal(
            ["package:v1.2.0", "system:v0.1.0"],
            Selected(await ResolveAsync([new ChosenVersion(ChosenVersion.Platform, "", "pr12345")])));
    }

    [Fact]
    public async Task Without_the_platform_or_without_plugins_nothing_asks_for_them()
    {
        Add("package", "v1.0.0");
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        ResolvedParts none = await source.ResolveAsync(Settings(), []);
        ResolvedParts off = await source.ResolveAsync(
            Settings() with { Components = MirrorComponents.Platform }, Platform);
        ResolvedParts extras = await source.ResolveAsync(Settings() with { OnlyExtraImages = true }, Platform);

        Assert.All((ResolvedParts[])[none, off, extras], parts => Assert.Empty(parts.Archives));
        Assert.All((ResolvedParts[])[none, off, extras], parts => Assert.Empty(parts.Notes));
        Assert.Empty(source.Registry.Requests.All);
    }

    [Fact]
    public async Task One_that_is_not_published_or_fits_no_release_is_reported_with_the_reason()
    {
        Add("system", "v0.1.0", ForLater);

        ResolvedParts parts = await ResolveAsync(Platform);

        Assert.Empty(parts.Archives);
        Assert.All(parts.Notes, note => Assert.Equal(FaultCode.PlatformPluginLeftOut, note.Code));
        Assert.Equal(2, parts.Notes.Length);
        Assert.Contains("deckhouse-cli/plugins/package does not exist", parts.Notes[0].Message);
        Assert.Contains("system v0.1.0 needs Deckhouse >=1.80.0", parts.Notes[1].Message);
    }

    [Fact]
    public async Task What_a_user_names_instead_ends_the_warning()
    {
        Add("system", "v0.1.0", ForLater);
        Add("package", "v1.0.0");

        ResolvedParts parts = await ResolveAsync(Platform, "system@=v0.1.0");

        Assert.Equal(["package:v1.0.0", "system:v0.1.0"], Selected(parts));
        Assert.Equal([FaultCode.PluginRequirementUnmet], parts.Notes.Select(note => note.Code));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task One_that_is_denied_is_reported_and_the_other_comes(int status)
    {
        Add("package", "v1.0.0");
        Add("system", "v0.1.0");
        await using PluginSource source = await PluginSource.StartAsync(_sketch);
        source.Registry.Faults.Add(
            request => request.Route.Repository == $"{SketchedPlugins.Root}/package",
            new RegistryFault { Status = status });

        ResolvedParts parts = await source.ResolveAsync(Settings(), Platform);

        Assert.Equal(["system:v0.1.0"], Selected(parts));
        Fault note = Assert.Single(parts.Notes);
        Assert.Equal(FaultCode.PluginUnreadable, note.Code);
        Assert.Contains("deckhouse-cli/plugins/package", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modules_that_one_wants_must_be_provided_by_the_cluster()
    {
        Add("package", "v1.0.0", """{"requirements":{"modules":{"mandatory":[{"name":"console"}]}}}""");
        Add("system", "v0.1.0");

        ResolvedParts parts = await ResolveAsync(Platform);

        Assert.Equal(["package:v1.0.0", "system:v0.1.0"], Selected(parts));
        Assert.Contains("the module console", Assert.Single(parts.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_registry_the_warning_says_how_to_name_those_that_are_not_named()
    {
        Add("package", "v1.0.0");
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        ResolvedParts parts = await source.ResolveAsync(
            Settings("package@=v1.0.0") with { ProxyRegistry = true }, Platform);

        Assert.Equal(["package:v1.0.0"], Selected(parts));
        Fault note = Assert.Single(parts.Notes);
        Assert.Equal(FaultCode.PlatformPluginLeftOut, note.Code);
        Assert.Contains("system@=v1.2.3", note.Advice, StringComparison.Ordinal);
        Assert.Contains("IncludePlugins", note.Advice, StringComparison.Ordinal);
        Assert.Empty(source.Registry.Requests.TagLists());
    }

    [Fact]
    public async Task A_dependency_with_the_name_of_a_built_in_command_is_pulled_where_it_is_published()
    {
        Add("p", "v1.0.0", NeedsPackage);
        Add("package", "v0.9.0");
        Add("package", "v1.4.0");

        ResolvedParts parts = await ResolveAsync([], "p");

        Assert.Equal(["p:v1.0.0", "package:v1.4.0"], Selected(parts));
        Assert.Empty(parts.Notes);
    }

    [Theory]
    [InlineData("", "depends on package, which is not published")]
    [InlineData("v0.9.0", "of which no usable version is published")]
    public async Task The_built_in_command_is_the_fallback_and_that_is_reported(string published, string why)
    {
        Add("p", "v1.0.0", NeedsPackage);
        if (published.Length > 0)
        {
            Add("package", published);
        }

        ResolvedParts parts = await ResolveAsync([], "p");

        Assert.Equal(["p:v1.0.0"], Selected(parts));
        Fault note = Assert.Single(parts.Notes);
        Assert.Equal(FaultCode.BuiltInInstead, note.Code);
        Assert.StartsWith("'package', on which the CLI plugin p v1.0.0 depends,", note.Message);
        Assert.Contains(why, note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cycle_through_a_built_in_command_ends_at_the_command()
    {
        Add("package", "v1.0.0", """{"requirements":{"plugins":{"mandatory":[{"name":"delivery-kit"}]}}}""");
        Add("delivery-kit", "v2.0.0", NeedsPackage);
        Add("system", "v0.1.0");

        ResolvedParts parts = await ResolveAsync(Platform);

        Assert.Equal(["delivery-kit:v2.0.0", "package:v1.0.0", "system:v0.1.0"], Selected(parts));
        Assert.Contains("package -> delivery-kit -> package", Assert.Single(parts.Notes).Message);
    }

    [Theory]
    [InlineData("p@=v1.0.0", 1)]
    [InlineData("p@=v1.0.0 package@=v1.4.0", 0)]
    public async Task Behind_a_proxy_registry_the_built_in_command_is_used_unless_the_plugin_is_named(
        string rules, int notes)
    {
        Add("p", "v1.0.0", NeedsPackage);
        Add("package", "v1.4.0");
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        ResolvedParts parts = await source.ResolveAsync(
            Settings(rules.Split(' ')) with { ProxyRegistry = true }, []);

        Assert.Equal(rules.Split(' ').Length, parts.Archives.Length);
        Assert.Equal(notes, parts.Notes.Count(note => note.Code == FaultCode.BuiltInInstead));
        Assert.All(parts.Notes, note => Assert.Contains("package@=VERSION", note.Message, StringComparison.Ordinal));
    }

    private void Add(string name, string tag, string contract = "{}") =>
        _sketch.Plugin(name, tag, SketchedPlugins.Contract(contract));

    private static IEnumerable<string> Selected(ResolvedParts parts) =>
        parts.Archives.SelectMany(archive => archive.Layouts[0].Images.Select(
            image => $"{archive.Name["plugin-".Length..^".tar".Length]}:{image.Tag}"));

    private async Task<ResolvedParts> ResolveAsync(ImmutableArray<ChosenVersion> chosen, params string[] rules)
    {
        await using PluginSource source = await PluginSource.StartAsync(_sketch);
        return await source.ResolveAsync(Settings(rules), chosen);
    }

    private static MirrorPullSettings Settings(params string[] rules) => SettingsTexts.Check(
        SettingsTexts.Valid with { IncludePlugins = [.. rules.Select(ComponentRule.FromString)] }).Settings;
}
