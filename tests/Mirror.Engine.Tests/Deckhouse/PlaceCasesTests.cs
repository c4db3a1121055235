using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about what older archives hold, and about the tags that list names.</summary>
public sealed class PlaceCasesTests
{
    public static TheoryData<string> Legacy { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "legacy" && spec.Input.TryGetProperty("entries", out _));

    public static TheoryData<string> Names { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "discovery-index" && spec.Input.TryGetProperty("directories", out _));

    [Theory]
    [MemberData(nameof(Legacy))]
    public void An_archive_is_placed_by_its_content(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        string answer = Placed(SpecCase.Text(spec.Input, "archive")!, SpecCase.Strings(spec.Input, "entries"));

        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Wanted, "error") is null
                ? string.Join(' ', SpecCase.Strings(spec.Wanted, "segments").Order(StringComparer.Ordinal))
                : FaultCode.ArchiveHasNoPlace,
            answer);
    }

    [Theory]
    [InlineData("legacy-module-dotted-old")]
    public void A_module_has_the_whole_name_of_its_archive(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        CaseFile.Check(
            spec,
            $"modules/{SpecCase.Text(spec.Wanted, "module")}",
            Placed(SpecCase.Text(spec.Input, "archive")!, ["index.json"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Catalogues_get_a_tag_for_each_name_that_has_an_image(string id)
    {
        SpecCase spec = CaseFile.Push[id];

        // Where plugins go is the rule of the bare root; "required" has no answer of its own then.
        JsonElement wanted = spec.Wanted.TryGetProperty("pushed", out _) ? spec.Wanted : spec.Expected;
        bool isEmpty = spec.Input.TryGetProperty("imagesInModule", out _);
        ImmutableArray<LayoutContent> layouts = [.. SpecCase.Strings(spec.Input, "directories")
            .Select(path => new LayoutContent(path, isEmpty ? [] : [Tiny.Image(path, "v1", '1')]))];

        MirrorPlan plan = Planner(SpecCase.Text(spec.Input, "suffix") ?? "/modules")
            .Plan("bundle", [Platform(), new ArchiveContent("x.tar", layouts)]);

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(wanted, "pushed").Select(tag => id == "disc-index-plugins"
                ? tag.Replace("/ee/", "/", StringComparison.Ordinal) : tag),
            plan.DiscoveryTags);
        if (SpecCase.Any(spec.Wanted, "collisionCheck") == "True")
        {
            ArchiveContent module = new("x.tar", [new LayoutContent("modules/v1.69.0", [Tiny.Image("", "v1", '1')])]);
            MirrorException failure = Assert.Throws<MirrorException>(
                () => Planner("/").Plan("bundle", [Platform(), module]));
            Assert.Equal(FaultCode.TagHasTwoDigests, Assert.Single(failure.Faults).Code);
        }
    }

    [Theory]
    [InlineData("disc-index-image")]
    public void A_name_points_to_a_constant_image(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string tag = SpecCase.Text(spec.Input, "tag")!;
        Assert.Equal(MediaType.OciManifest, SpecCase.Text(spec.Wanted, "manifestMediaType"));

        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Wanted, "deterministic")} {SpecCase.Text(spec.Wanted, "manifestMediaType")}",
            $"{DiscoveryImage.Under(tag).Digest == DiscoveryImage.Under("other").Digest} "
                + DiscoveryImage.Under(tag).Manifest.Descriptor.MediaType);
    }

    private static string Placed(string archive, string[] entries)
    {
        ArchiveContent content = new(archive, [.. entries
            .Where(entry => entry.EndsWith("index.json", StringComparison.Ordinal))
            .Select(entry => new LayoutContent(entry[..^"index.json".Length].TrimEnd('/'), []))]);
        Fault? fault = ArchivePlaces.Place(content, out ArchiveContent placed);
        return fault?.Code
            ?? string.Join(' ', placed.Layouts.Select(layout => layout.Path).Order(StringComparer.Ordinal));
    }

    private static ArchiveContent Platform() => new("platform.tar",
    [
        new LayoutContent("", [Tiny.Image("", "v1.69.0", '8')]),
        new LayoutContent("install", [Tiny.Image("", "v1.69.0", '9')]),
    ]);

    private static TargetPlanner Planner(string suffix) => new(
        SettingsCheck.Check(
            new MirrorPushSettings
            {
                Target = "registry.example.com/deckhouse/ee",
                BundleDirectory = SettingsTexts.Folder,
                ModulesPathSuffix = suffix,
            },
            SettingsTexts.NoVariables).Target,
        null);
}
