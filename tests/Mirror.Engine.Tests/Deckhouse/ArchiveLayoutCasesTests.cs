using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about which layouts an archive has.</summary>
public sealed class ArchiveLayoutCasesTests
{
    private const string Extra = """{"foo": "v1"}""";

    public static TheoryData<string, string> Rows => CaseFile.Pull.Rows("archive-layouts");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_archive_has_the_layouts_of_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Platform("v1.69.0");
        source.Image("r/installer", ["latest"]);
        source.Image($"{SketchedSource.Edition}/security/trivy-db", ["2"]);
        source.Version("modules", "m", "v1.0.0");
        source.Channel("modules", "m", "stable", "v1.0.0");
        source.Version("packages", "p", "v1.0.0");
        source.Channel("packages", "p", "stable", "v1.0.0");
        source.Plugin("x", "v1.0.0");

        string[] layouts = await LayoutsAsync(source, SpecCase.Text(spec.Input, "archive")!, d8);

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "layouts")
                .Select(path => path.Replace("<each>", "p", StringComparison.Ordinal)),
            layouts,
            d8);
    }

    [Theory]
    [InlineData("tar-module-paths")]
    [InlineData("tar-package-paths")]
    [InlineData("tar-plugin-paths")]
    public async Task Images_are_below_the_path_of_their_component(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        SketchedSource source = new();
        source.Platform("v1.69.0");
        source.Version("modules", "console", "v1.0.0", ("extra_images.json", Extra));
        source.Channel("modules", "console", "stable", "v1.0.0");
        source.Image($"{SketchedSource.Edition}/modules/console/extra/foo", ["v1"]);
        source.Version("packages", "foo", "v1.0.0", ("extra_images.json", Extra));
        source.Channel("packages", "foo", "stable", "v1.0.0");
        source.Image($"{SketchedSource.Edition}/packages/foo/extra/foo", ["v1"]);
        source.Plugin("stronghold", "v1.0.0");
        string archive = spec.Input.EnumerateObject().First() is var kind
            ? $"{kind.Name}-{kind.Value.GetString()}.tar"
            : "";

        CaseFile.CheckSet(
            spec,
            SpecCase.Strings(spec.Expected, "segments")
                .Select(path => path.Replace("<e>", "foo", StringComparison.Ordinal)),
            await LayoutsAsync(source, archive, "0.33"));
    }

    private static async Task<string[]> LayoutsAsync(SketchedSource source, string archive, string d8)
    {
        await using TestRegistry registry = await source.StartAsync();
        bool isOld = d8 == "0.25.2";
        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry,
            MirrorComponents.All,
            settings => settings with
            {
                DeckhouseTag = "v1.69.0",
                BundleFormat = isOld ? BundleFormat.Legacy025 : BundleFormat.PathPreserving,
                IncludePlugins = isOld ? [] : [.. "x stronghold".Split(' ')
                    .Where(name => archive == $"plugin-{name}.tar").Select(name => ComponentRule.FromString(name))],
            },
            d8);
        Assert.Empty(outcome.Faults);
        PlannedArchive planned = Assert.Single(outcome.Plan!.Archives, one => one.Name == archive);
        return [.. planned.Layouts.Select(layout => layout.Path)];
    }
}
