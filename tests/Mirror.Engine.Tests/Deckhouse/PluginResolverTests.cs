using System.Collections.Immutable;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>What the cases of d8 leave open about plugins.</summary>
public sealed class PluginResolverTests
{
    private const string NeedsModule = """{"requirements":{"modules":{"mandatory":[{"name":"m"}]}}}""";
    private const string NeedsModuleAndQ =
        """{"requirements":{"modules":{"mandatory":[{"name":"m"}]},"plugins":{"mandatory":[{"name":"q"}]}}}""";

    private static readonly ImmutableArray<ChosenVersion> Module = [new(ChosenVersion.Module, "m", "v1.0.0")];

    private readonly SketchedSource _sketch = new();

    [Fact]
    public async Task A_dependency_says_whose_it_is_and_both_reasons_stand_where_there_are_two()
    {
        Add("p", "v1.0.0", NeedsModuleAndQ);
        Add("q", "v1.0.0", NeedsModule);

        ResolvedParts parts = await ResolveAsync();

        Assert.Equal(
            ["module m", "dependency of p, module m"],
            parts.Archives.Select(archive => archive.Layouts[0].Images[0].Reason));
    }

    [Fact]
    public async Task A_contract_may_be_yaml()
    {
        Add("p", "v1.0.0", "requirements:\n  modules:\n    mandatory:\n    - name: m\n      constraint: '>=1.0.0'\n");

        Assert.Equal("plugin-p.tar", Assert.Single((await ResolveAsync()).Archives).Name);
    }

    [Fact]
    public async Task An_index_whose_first_image_is_missing_is_left_out_with_a_note()
    {
        Add("p", "v1.0.0", NeedsModule);
        _sketch.PluginIndex("p", "v1.1.0", [$"sha256:{new string('0', 64)}"]);

        ResolvedParts parts = await ResolveAsync();

        Assert.Equal("v1.0.0", Assert.Single(parts.Archives[0].Layouts[0].Images).Tag);
        Fault note = Assert.Single(parts.Notes);
        Assert.Equal(FaultCode.PluginUnreadable, note.Code);
        Assert.Contains("r/deckhouse-cli/plugins/p:v1.1.0", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_is_wanted_whole()
    {
        string[] children = [_sketch.PluginImage("p", "a", []), _sketch.PluginImage("p", "b", [])];
        string index = _sketch.PluginIndex("p", "v1.0.0", children, SketchedPlugins.Contract(NeedsModule));

        ResolvedParts parts = await ResolveAsync();

        Assert.Equal(
            [index, .. children],
            parts.Archives[0].Layouts[0].Images[0].Manifests.Select(one => one.Descriptor.Digest.ToString()));
    }

    [Fact]
    public async Task Contracts_of_versions_that_nobody_needs_are_not_read()
    {
        Add("p", "v1.0.0", NeedsModule);
        Add("p", "v2.0.0", NeedsModule);
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        await source.ResolveAsync(Settings(), Module);

        Assert.All(source.Registry.Requests.Manifests(), record => Assert.NotEqual(
            "v1.0.0", record.Request.Route.Reference));
        Assert.Equal(
            source.Registry.Requests.All.Select(Line).Distinct(),
            source.Registry.Requests.All.Select(Line));

        static string Line(RequestRecord record) =>
            $"{record.Method} {record.Path}{record.Request.Query}";
    }

    [Theory]
    [InlineData("p@=v1.0.0", FaultCode.PluginUnusable, "is broken")]
    [InlineData("q@=v1.0.0", FaultCode.PluginUnusable, "depends on ghost, which is not published")]
    [InlineData("q", FaultCode.PluginUnusable, "depends on ghost, which is not published")]
    [InlineData("p", FaultCode.PluginMissing, "no stable version with a readable contract")]
    public async Task An_included_plugin_that_cannot_be_taken_is_a_fault(string rule, string code, string why)
    {
        Add("p", "v1.0.0", "[]");
        Add("q", "v1.0.0", """{"requirements":{"plugins":{"mandatory":[{"name":"ghost"}]}}}""");

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => ResolveAsync(rule));

        Fault fault = Assert.Single(refusal.Faults);
        Assert.Equal(code, fault.Code);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_rules_of_one_plugin_each_take_their_newest_version()
    {
        Array.ForEach(["v1.0.0", "v1.1.0", "v2.0.0", "v2.1.0-dev"], tag => Add("p", tag, "{}"));

        ResolvedParts parts = await ResolveAsync("p@^1.0", "p@=v1.0.0", "p");

        Assert.Equal(
            ["v2.1.0-dev", "v1.1.0", "v1.0.0"], parts.Archives[0].Layouts[0].Images.Select(image => image.Tag));
    }

    [Fact]
    public async Task Behind_a_proxy_registry_nothing_is_searched_and_that_is_said_once()
    {
        Add("p", "v1.0.0", NeedsModule);
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        ResolvedParts parts = await source.ResolveAsync(Settings() with { ProxyRegistry = true }, Module);

        Assert.Empty(parts.Archives);
        Assert.Equal(FaultCode.PluginSkipped, Assert.Single(parts.Notes).Code);
        Assert.Empty(source.Registry.Requests.All);
    }

    [Theory]
    [InlineData("p")]
    [InlineData("p@^1.0")]
    public async Task Behind_a_proxy_registry_a_rule_names_its_version(string rule)
    {
        await using PluginSource source = await PluginSource.StartAsync(_sketch);

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(
            () => source.ResolveAsync(Settings(rule) with { ProxyRegistry = true }, []));

        Assert.Equal(FaultCode.PluginNotPinned, Assert.Single(refusal.Faults).Code);
    }

    [Fact]
    public async Task A_plugin_that_works_with_other_versions_of_another_one_is_told()
    {
        Add("p", "v1.0.0", """{"requirements":{"plugins":{"conditional":[{"name":"q","constraint":"^2.0.0"}]}}}""");
        Add("q", "v1.0.0", "{}");

        Assert.Empty((await ResolveAsync("p")).Notes);
        Fault note = Assert.Single((await ResolveAsync("p", "q")).Notes);
        Assert.Equal(FaultCode.PluginRequirementUnmet, note.Code);
        Assert.Contains("q ^2.0.0", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_refuse_each_other_on_every_level_are_not_tried_for_ever()
    {
        for (int level = 0; level < 12; level++)
        {
            string next = $$"""{"requirements":{"plugins":{"mandatory":[{"name":"p{{level + 1}}"}]} } }""";
            Array.ForEach(["v1.0.0", "v1.1.0", "v1.2.0"], tag => Add($"p{level}", tag, next));
        }

        MirrorException refusal = await Assert.ThrowsAsync<MirrorException>(() => ResolveAsync("p0"));

        Assert.Equal(FaultCode.PluginUnusable, Assert.Single(refusal.Faults).Code);
    }

    private void Add(string name, string tag, string contract) =>
        _sketch.Plugin(name, tag, SketchedPlugins.Contract(contract));

    private async Task<ResolvedParts> ResolveAsync(params string[] rules)
    {
        await using PluginSource source = await PluginSource.StartAsync(_sketch);
        return await source.ResolveAsync(Settings(rules), rules.Length == 0 ? Module : []);
    }

    private static MirrorPullSettings Settings(params string[] rules) => SettingsTexts.Check(
        SettingsTexts.Valid with { IncludePlugins = [.. rules.Select(ComponentRule.FromString)] }).Settings;
}
