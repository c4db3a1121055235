using System.Text.Json;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about names, versions and contracts of plugins.</summary>
public sealed class PluginCasesTests
{
    private static readonly Dictionary<string, string> Contracts = new(StringComparer.Ordinal)
    {
        ["annotation is not base64"] = "%%%",
        ["base64 of malformed JSON"] = SketchedPlugins.Encode("""{"name": [}"""),
        ["requirements.modules is an array"] = SketchedPlugins.Encode("""{"requirements":{"modules":[]}}"""),
        ["anyOf group without name"] = Modules("""{"anyOf":[{"modules":[{"name":"a"}]}]}"""),
        ["two anyOf groups with one name"] =
            Modules("""{"anyOf":[{"name":"g","modules":[{"name":"a"}]},{"name":"g","modules":[{"name":"b"}]}]}"""),
        ["group without members"] = Modules("""{"anyOf":[{"name":"g","modules":[]}]}"""),
        ["member without name"] = Modules("""{"anyOf":[{"name":"g","modules":[{"constraint":">=1.0.0"}]}]}"""),
        ["member twice in a group"] = Modules("""{"anyOf":[{"name":"g","modules":[{"name":"a"},{"name":"a"}]}]}"""),
        ["member constraint invalid"] =
            Modules("""{"anyOf":[{"name":"g","modules":[{"name":"a","constraint":"newest"}]}]}"""),
        ["module mandatory and conditional"] =
            Modules("""{"mandatory":[{"name":"a"}],"conditional":[{"name":"a"}]}"""),
        ["member also mandatory"] =
            Modules("""{"mandatory":[{"name":"a"}],"noneOf":[{"name":"g","modules":[{"name":"a"}]}]}"""),
        ["member in anyOf and noneOf"] = Modules(
            """{"anyOf":[{"name":"g","modules":[{"name":"a"}]}],"noneOf":[{"name":"h","modules":[{"name":"a"}]}]}"""),
        ["one module in two anyOf groups"] =
            Modules("""{"anyOf":[{"name":"g","modules":[{"name":"a"}]},{"name":"h","modules":[{"name":"a"}]}]}"""),
    };

    public static TheoryData<string> Names => CaseFile.Pull.Ids("plugin-name");

    public static TheoryData<string> Normalised => CaseFile.Pull.Ids("plugin-normalise");

    public static TheoryData<string> Versions => CaseFile.Pull.Ids("plugin-versions");

    public static TheoryData<string> Broken => CaseFile.Pull.Ids("plugin-contract");

    public static TheoryData<string> Origins => CaseFile.Pull.Ids("plugin-contract-source");

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_those_of_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.Check(
            spec, SpecCase.Any(spec.Expected, "valid")!, $"{PluginName.IsValid(SpecCase.Text(spec.Input, "name")!)}");
    }

    [Theory]
    [MemberData(nameof(Normalised))]
    public void Versions_are_normalised_as_by_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.True(SemanticVersion.TryParse(SpecCase.Text(spec.Input, "version"), out SemanticVersion? version));
        CaseFile.Check(
            spec, SpecCase.Text(spec.Expected, "normalised")!, $"{PluginVersion.Normalise(version)}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Tags_give_the_versions_of_d8_newest_first(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.Check(
            spec,
            string.Join(' ', SpecCase.Strings(spec.Expected, "versions")),
            string.Join(' ', PluginVersion.StableNewestFirst(SpecCase.Strings(spec.Input, "tags"))
                .Select(version => version.Tag)));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Contracts_are_broken_where_they_are_for_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Exception? failure = Record.Exception(
            () => PluginContractReader.Read(Contracts[SpecCase.Text(spec.Input, "contract")!]));
        CaseFile.Check(spec, SpecCase.Any(spec.Expected, "broken")!, $"{failure is FormatException}");
        Assert.True(failure is null or FormatException, $"{failure}");
    }

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task Contracts_are_taken_from_where_d8_takes_them(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource sketch = new();
        Draw(sketch, SpecCase.Text(spec.Input, "image")!);
        await using PluginSource source = await PluginSource.StartAsync(sketch);

        string? annotation = await source.Source.FindAnnotationAsync(
            $"{SketchedPlugins.Root}/p", "v1.0.0", PluginContractReader.Annotation,
            TestContext.Current.CancellationToken);

        Assert.NotNull(annotation);
        PluginContract contract = PluginContractReader.Read(annotation);
        CaseFile.Check(
            spec, SpecCase.Text(spec.Expected, "contract_from")!, contract.Modules is [var origin]
                ? origin.Name.Replace('-', ' ')
                : "empty contract");
    }

    private static void Draw(SketchedSource sketch, string image)
    {
        switch (image)
        {
            case "index annotation present":
                sketch.PluginIndex("p", "v1.0.0", [Child("first-child"), Child("second-child")], Needs("index"));
                break;
            case "index without it, first child has it":
                sketch.PluginIndex("p", "v1.0.0", [Child("first-child"), Child("second-child")]);
                break;
            case "single manifest":
                sketch.Plugin("p", "v1.0.0", Needs("manifest"));
                break;
            case "no annotation":
                sketch.Plugin("p", "v1.0.0");
                break;
            default:
                sketch.PluginIndex("p", "v1.0.0", []);
                break;
        }

        string Child(string name) => sketch.PluginImage("p", name, [], Needs(name));
    }

    private static Dictionary<string, string> Needs(string module) => SketchedPlugins.Contract(JsonSerializer.Serialize(
        new { requirements = new { modules = new { mandatory = new[] { new { name = module } } } } }));

    private static string Modules(string modules) =>
        SketchedPlugins.Encode($$"""{"requirements":{"modules":{{modules}} } }""");
}
