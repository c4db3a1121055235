using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about which plugins are selected, each over a source that is served on loopback.</summary>
public sealed class PluginResolveCasesTests
{
    // Our words for d8's reasons.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["dependency cycle"] = "dependency cycle (alpha -> beta -> alpha)",
        ["dependency ghost not published"] = "depends on ghost, which is not published",
        ["chain too deep (limit 16)"] = "too deep (limit 16)",
        ["no readable contract"] = "no version of it has a readable contract",
    };

    public static TheoryData<string> Ids => CaseFile.Pull.Ids("plugin-resolve");

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Plugins_are_selected_skipped_and_warned_of_as_by_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        await using PluginSource source = await PluginSource.StartAsync(Sketch(spec.Input));
        AddFaults(source.Registry, spec.Input);

        (ResolvedParts? parts, string failure) = await ResolveAsync(source, spec);

        if (spec.Expected.TryGetProperty("error", out _))
        {
            CaseFile.Check(spec, "error", parts is null ? "error" : "no error");
            Assert.All(SpecCase.Strings(spec.Expected, "names"), name => Assert.Contains($"{name}", failure));
            return;
        }

        Assert.True(parts is not null, failure);
        CaseFile.Check(spec, Expected(spec.Expected), Actual(spec.Expected, parts));
        if (spec.Expected.TryGetProperty("warnings_at_least", out JsonElement least))
        {
            Assert.True(Warnings(parts) >= least.GetInt32());
        }

        if (SpecCase.Text(spec.Expected, "skip_reason") is { } reason)
        {
            Assert.Contains(Reasons[reason], Assert.Single(Skipped(parts)).Message);
        }

        if (spec.Expected.TryGetProperty("catalog_listings", out JsonElement listings))
        {
            Assert.Equal(listings.GetInt32(), source.Registry.Requests.All.Count);
        }
    }

    private static async Task<(ResolvedParts? Parts, string Failure)> ResolveAsync(PluginSource source, SpecCase spec)
    {
        // Their notes say that they are about selection: the check of contracts would refuse them before.
        Func<string, PluginContract>? read =
            spec.Id is "plug-anyof-strict" or "plug-k8s-noneof" ? PluginContractReader.Parse : null;
        try
        {
            MirrorPullSettings settings = SettingsTexts.Check(SettingsTexts.Valid with
            {
                IncludePlugins = [.. SpecCase.Strings(spec.Input, "include_plugin").Select(ComponentRule.FromString)],
            }).Settings with
            {
                SelectionRules = SelectionRules.V033,
                ProxyRegistry = spec.Input.TryGetProperty("proxy", out _),
            };
            return (await source.ResolveAsync(settings, Chosen(spec.Input), read), "");
        }
        catch (MirrorException exception)
        {
            return (null, exception.Message);
        }
    }

    private static SketchedSource Sketch(JsonElement input)
    {
        SketchedSource sketch = new();
        foreach (JsonElement plugin in input.GetProperty("catalog").EnumerateArray())
        {
            sketch.Plugin(
                SpecCase.Text(plugin, "name")!,
                SpecCase.Text(plugin, "tag")!,
                plugin.TryGetProperty("broken_contract", out _)
                    ? new Dictionary<string, string>(StringComparer.Ordinal) { ["contract"] = "%" }
                    : SketchedPlugins.Contract(plugin.GetRawText()));
        }

        return sketch;
    }

    private static void AddFaults(TestRegistry registry, JsonElement input)
    {
        if (SpecCase.Text(input, "catalog_error") is { } error)
        {
            Fail(SketchedPlugins.Root, error == "401" ? 401 : 404);
        }

        foreach (string name in SpecCase.Strings(input, "denied"))
        {
            Fail($"{SketchedPlugins.Root}/{name}", 401);
        }

        foreach (JsonElement plugin in input.GetProperty("catalog").EnumerateArray()
            .Where(plugin => plugin.TryGetProperty("contract_fetch", out _)))
        {
            string repository = $"{SketchedPlugins.Root}/{SpecCase.Text(plugin, "name")}";
            registry.Faults.Add(
                request => request.Route is { Kind: RouteKind.Manifest } && request.Route.Repository == repository,
                new RegistryFault { Drop = true });
        }

        void Fail(string repository, int status) => registry.Faults.Add(
            request => request.Route.Repository == repository,
            new RegistryFault { Status = status, ErrorCode = status == 401 ? "UNAUTHORIZED" : "NAME_UNKNOWN" });
    }

    private static ImmutableArray<ChosenVersion> Chosen(JsonElement input) =>
    [
        .. SpecCase.Strings(input, "platform_versions")
            .Select(tag => new ChosenVersion(ChosenVersion.Platform, "", tag)),
        .. input.GetProperty("modules").EnumerateObject().SelectMany(module => module.Value.EnumerateArray()
            .Select(tag => new ChosenVersion(ChosenVersion.Module, module.Name, tag.GetString()!))),
    ];

    private static string Expected(JsonElement expected) => Say(
        expected,
        expected.GetProperty("selected").EnumerateObject().SelectMany(plugin => plugin.Value.EnumerateArray()
            .Select(tag => $"{plugin.Name}:{tag}")),
        SpecCase.Strings(expected, "skipped"),
        expected.TryGetProperty("warnings", out JsonElement warnings) ? warnings.GetInt32() : 0);

    private static string Actual(JsonElement expected, ResolvedParts parts) => Say(
        expected,
        parts.Archives.SelectMany(archive => Assert.Single(archive.Layouts).Images.Select(image =>
            $"{archive.Name["plugin-".Length..^".tar".Length]}:{image.Tag}")),
        Skipped(parts).Select(note => note.Message.Split('\'')[1]),
        Warnings(parts));

    // What a case does not state is not compared.
    private static string Say(
        JsonElement expected, IEnumerable<string> selected, IEnumerable<string> skipped, int warnings) =>
        string.Join(' ', selected.Order(StringComparer.Ordinal))
        + (expected.TryGetProperty("skipped", out _) ? $"; skipped {string.Join(' ', skipped)}" : "")
        + (expected.TryGetProperty("warnings", out _) ? $"; {warnings} warnings" : "");

    private static IEnumerable<Fault> Skipped(ResolvedParts parts) =>
        parts.Notes.Where(note => note.Code == FaultCode.PluginSkipped);

    // The plugins of the platform are younger than the cases.
    private static int Warnings(ResolvedParts parts) => parts.Notes.Count(
        note => note.Code is not (FaultCode.PluginSkipped or FaultCode.PlatformPluginLeftOut));
}
