using System.Text.Json;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about the component images that an installer names.</summary>
public sealed class InstallerImagesCasesTests
{
    private const string ByTag = "abc123";
    private const string Release = "v1.69.0";

    public static TheoryData<string, string> Rows => CaseFile.Pull.Rows("installer-images");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_components_of_an_installer_are_those_of_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        source.Platform(Release);
        string digest = source.Image(SketchedSource.Edition, [], ("component", "by digest"));
        source.Image(SketchedSource.Edition, [ByTag], ("component", "by tag"));
        source.Image($"{SketchedSource.Edition}/install", [Release], Files(spec, digest));
        await using TestRegistry registry = await source.StartAsync();

        CaseOutcome outcome = await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = Release }, d8);

        // The digest of a case is that of no image; the drawn one stands for it.
        CaseFile.Check(
            spec,
            Expected(spec).Replace(new string('a', 64), digest["sha256:".Length..], StringComparison.Ordinal),
            outcome.Plan is { } plan ? Components(plan, registry.Host) : CodeOf(outcome),
            d8);
    }

    private static (string Name, string Text)[] Files(SpecCase spec, string digest) =>
        SpecCase.Text(spec.Input, "file") is { } file
            ? [(file, spec.Input.GetProperty("json").GetRawText()
                .Replace($"sha256:{new string('a', 64)}", digest, StringComparison.Ordinal))]
            :
            [
                .. SpecCase.Strings(spec.Input, "files_present").Select(name => (
                    $"deckhouse/candi/{name}",
                    JsonSerializer.Serialize(new { mod = new { img = name.Contains("tags") ? ByTag : digest } }))),
            ];

    private static string Expected(SpecCase spec)
    {
        string[] tags = SpecCase.Strings(spec.Expected, "short_tags");
        return tags.Length > 0 ? $"{SpecCase.Strings(spec.Expected, "references")[0]} as {tags[0]}"
            : SpecCase.Text(spec.Expected, "used") is { } used
                ? used == Path.GetFileName(ImageDigests.InstallerTagsFileName)
                    ? $"R/ee:{ByTag} as {ByTag}"
                    : $"R/ee@sha256:{new string('a', 64)} as {new string('a', 64)}"
            : FaultCode.MetadataFileMissing;
    }

    private static string Components(MirrorPlan plan, string host) => string.Join(
        ' ',
        plan.Images("platform.tar", "")
            .Where(image => image.Reason.StartsWith("component", StringComparison.Ordinal))
            .Select(image => $"R{image.Reference[$"{host}/r".Length..]} as {image.Tag}"));

    private static string CodeOf(CaseOutcome outcome) => Assert.Single(outcome.Faults).Code;
}
