using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Registry;
using Mirror.Engine.Versions;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>
/// The cases about modules and packages: the same catalogue twice. They are about versions, so attestations, which we
/// find in tag lists and d8 does not, are switched off.
/// </summary>
public sealed class CatalogueCasesTests
{
    // A proxy registry has tests of its own.
    public static TheoryData<string> Pulls => CaseFile.Pull.Ids(spec =>
        spec.Kind is "module-pull" or "package-pull" && !spec.Input.TryGetProperty("proxy", out _));

    public static TheoryData<string, string> ModuleAccesses => CaseFile.Pull.Rows("module-access");

    public static TheoryData<string, string> PackageAccesses => CaseFile.Pull.Rows("package-access");

    public static TheoryData<string> ListCalls =>
        CaseFile.Pull.Ids(spec => spec.Kind is "module-list-calls" or "package-list-calls");

    [Theory]
    [MemberData(nameof(Pulls))]
    public async Task A_catalogue_is_pulled_as_by_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string catalogue = CatalogueOf(spec);
        SketchedSource source = new();
        foreach (JsonProperty item in ItemsOf(spec.Input))
        {
            Draw(source, catalogue, item.Name, item.Value);
        }

        await using SketchRun run = await SketchRun.StartAsync(source);
        if (SpecCase.Text(spec.Input, "listing_error") is { } error)
        {
            run.Registry.Faults.Add(
                request => request.IsTagList($"r/ee/{catalogue}/{SpecCase.Text(spec.Input, "name")}"),
                error == "503"
                    ? new RegistryFault { Status = 503 }
                    : new RegistryFault { Status = 404, ErrorCode = "NOT_FOUND" });
        }

        string actual;
        try
        {
            actual = Describe(spec, catalogue, await PlanAsync(run, catalogue, Includes(spec.Input)), run.Registry);
        }
        catch (MirrorException refusal)
        {
            string name = SpecCase.Text(spec.Input, "name")!;
            actual = $"refused, named: {refusal.Message.Contains(name, StringComparison.Ordinal)}";
        }

        CaseFile.Check(spec, Expected(spec), actual, "0.33");
    }

    [Theory]
    [MemberData(nameof(ModuleAccesses))]
    [MemberData(nameof(PackageAccesses))]
    public async Task A_source_without_a_catalogue_has_none_and_says_so(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        string catalogue = CatalogueOf(spec);
        await using SketchRun run = await SketchRun.StartAsync(new SketchedSource());
        if (SpecCase.Text(spec.Input, "listing") != "NAME_UNKNOWN")
        {
            run.Registry.Faults.Add(
                request => request.IsTagList($"r/ee/{catalogue}"),
                new RegistryFault { Status = 404, ErrorCode = "NOT_FOUND" });
        }

        MirrorPlan plan = await PlanAsync(run, catalogue, []);

        Assert.Contains(FaultCode.NoModules, plan.NoteCodes());
        Assert.Equal(["installer.tar"], plan.Archives());
        CaseFile.Check(spec, spec.Expected.GetProperty("ok").ToString(), "True", d8);
    }

    [Theory]
    [MemberData(nameof(ListCalls))]
    public async Task Tags_are_listed_once_and_only_for_ranges(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string catalogue = CatalogueOf(spec);
        SketchedSource source = new();
        source.Version(catalogue, "console", "v1.40.0");
        source.Channel(catalogue, "console", "stable", "v1.40.0");
        List<int> listings = [];
        await using SketchRun run = await SketchRun.StartAsync(source);
        foreach (JsonElement one in spec.Input.GetProperty("cases").EnumerateArray())
        {
            run.Registry.Requests.Clear();
            await PlanAsync(run, catalogue, Includes(one));
            listings.Add(run.Registry.Requests.TagLists()
                .Where(record => !EndOfList.IsAsked(record.Path + record.Request.Query))
                .Count(record => record.Request.IsTagList($"r/ee/{catalogue}")
                    || record.Request.IsTagList($"r/ee/{catalogue}/console")));
        }

        CaseFile.Check(
            spec,
            string.Join(' ', spec.Expected.GetProperty("listings").EnumerateArray()),
            string.Join(' ', listings));
    }

    private static Task<MirrorPlan> PlanAsync(
        SketchRun run, string catalogue, ImmutableArray<ComponentRule> includes) =>
        run.PlanAsync(
            catalogue == "packages" ? MirrorComponents.Packages : MirrorComponents.Modules,
            settings => settings with
            {
                SelectionRules = SelectionRules.V033,
                SkipVexImages = true,
                IncludeModules = catalogue == "modules" ? includes : [],
                IncludePackages = catalogue == "packages" ? includes : [],
            });

    private static string CatalogueOf(SpecCase spec) =>
        spec.Kind.StartsWith("package", StringComparison.Ordinal) ? "packages" : "modules";

    private static ImmutableArray<ComponentRule> Includes(JsonElement input) =>
        input.TryGetProperty("include", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(rule => ComponentRule.FromString(rule.GetString()!))]
            : [];

    /// <summary>The items: several under <c>items</c>, or one with its <c>name</c>.</summary>
    private static JsonProperty[] ItemsOf(JsonElement input)
    {
        if (input.TryGetProperty("items", out JsonElement items))
        {
            return [.. items.EnumerateObject()];
        }

        string name = SpecCase.Text(input, "name")!;
        using JsonDocument single = JsonDocument.Parse($$"""{"{{name}}": {{input}}}""");
        return [.. single.RootElement.Clone().EnumerateObject()];
    }

    private static void Draw(SketchedSource source, string catalogue, string name, JsonElement item)
    {
        source.Image($"r/ee/{catalogue}", [name]);
        Dictionary<string, string> channels = item.GetProperty("channels") is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)
            : ReleaseChannel.Default.ToDictionary(
                channel => channel, _ => item.GetProperty("channels").GetString()!);
        foreach (string tag in SpecCase.Strings(item, "tags")
            .Union(channels.Values.Select(version => $"v{version.TrimStart('v')}")))
        {
            source.Version(catalogue, name, tag);
        }

        foreach ((string channel, string version) in channels)
        {
            source.Channel(catalogue, name, channel, version);
        }
    }

    private static string Expected(SpecCase spec)
    {
        if (SpecCase.Any(spec.Expected, "ok") == "False")
        {
            return $"refused, named: {SpecCase.Any(spec.Expected, "names_item")}";
        }

        List<string> parts = [];
        foreach (JsonProperty member in spec.Expected.EnumerateObject().Where(member => member.Name != "ok"))
        {
            parts.Add($"{member.Name}: " + member.Value.ValueKind switch
            {
                JsonValueKind.Object => string.Join("; ", member.Value.EnumerateObject()
                    .Select(item => $"{item.Name} {Sorted(item.Value.EnumerateArray())}")),
                JsonValueKind.Array => Sorted(member.Value.EnumerateArray()),
                _ => member.Value.ToString(),
            });
        }

        return string.Join('\n', parts);

        static string Sorted(IEnumerable<JsonElement> list) =>
            string.Join(' ', list.Select(item => item.GetString()).Order(StringComparer.Ordinal));
    }

    private static string Describe(SpecCase spec, string catalogue, MirrorPlan plan, TestRegistry registry)
    {
        string[] names = [.. ItemsOf(spec.Input).Select(item => item.Name)];
        return string.Join('\n', spec.Expected.EnumerateObject()
            .Where(member => member.Name != "ok")
            .Select(member => $"{member.Name}: " + (member.Name, member.Value.ValueKind) switch
            {
                ("main_images", JsonValueKind.Object) =>
                    string.Join("; ", names.Select(name => $"{name} {Tags(name, "")}")),
                ("main_images", _) => Tags(names[0], ""),
                ("channels_pulled", _) => string.Join(
                    ' ', Tags(names[0], "/release").Split(' ').Where(tag => !tag.StartsWith('v'))),
                ("extra_listings", _) => $"{registry.Requests.TagLists($"r/ee/{catalogue}/{names[0]}").Count}",
                _ => string.Join(' ', plan.Archives().Where(name => name != "installer.tar")),
            }));

        string Tags(string name, string layout) => string.Join(
            ' ', plan.Tags($"{catalogue.TrimEnd('s')}-{name}.tar", $"{catalogue}/{name}{layout}"));
    }
}
