using System.Text.Json;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about the index entry of a channel that points at the one release asked for.</summary>
public sealed class AliasReferenceCasesTests
{
    public static TheoryData<string, string> Rows => CaseFile.Pull.Rows("alias-ref-name");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_channel_of_the_bundle_is_named_as_in_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        string host = SpecCase.Text(spec.Input, "ref_name")!.Split('/')[0];
        string tag = SpecCase.Text(spec.Input, "tag")!;
        SketchedSource source = new();
        source.Platform("v1.69.0");
        await using TestRegistry registry = await source.StartAsync();
        MirrorPlan plan = (await CaseOutcome.OfAsync(
            registry, MirrorComponents.Platform, settings => settings with { DeckhouseTag = "v1.69.0" }, d8)).Plan!;

        using JsonDocument index = JsonDocument.Parse(
            LayoutFiles.Index([.. plan.Images("platform.tar", "release-channel")]));
        JsonElement annotations = index.RootElement.GetProperty("manifests").EnumerateArray()
            .Select(entry => entry.GetProperty("annotations"))
            .Single(entry => entry.GetProperty(LayoutFiles.ShortTag).GetString() == tag);

        Assert.Equal(SpecCase.Text(spec.Expected, "short_tag"), tag);
        CaseFile.Check(
            spec,
            SpecCase.Text(spec.Expected, "ref_name")!,
            annotations.GetProperty(LayoutFiles.RefName).GetString()!
                .Replace($"{registry.Host}/r/", $"{host}/", StringComparison.Ordinal),
            d8);
    }
}
