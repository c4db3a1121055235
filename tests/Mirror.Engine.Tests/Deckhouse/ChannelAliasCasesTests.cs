using System.Collections.Immutable;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Flows;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases about the channels that exact rules publish their tag as.</summary>
public sealed class ChannelAliasCasesTests
{
    private const string Archive = "module-m.tar";
    private const string Layout = "modules/m/release";

    public static TheoryData<string, string> Rows => CaseFile.Pull.Rows("channel-alias");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Exact_rules_become_the_channels_that_they_become_in_d8(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        SketchedSource source = new();
        foreach (string tag in SpecCase.Strings(spec.Input, "release_tags"))
        {
            source.Version("modules", "m", tag);
        }

        await using SketchRun run = await SketchRun.StartAsync(source);

        MirrorPlan plan = await run.PlanAsync(MirrorComponents.Modules, settings => settings with
        {
            SelectionRules = d8 == "0.33" ? SelectionRules.V033 : SelectionRules.V025,
            IncludeModules = [.. SpecCase.Strings(spec.Input, "include").Select(ComponentRule.FromString)],
        });

        ImmutableArray<PlannedImage> images = [.. plan.Images(Archive, Layout)];
        CaseFile.CheckSet(
            spec,
            spec.Expected.GetProperty("aliases").EnumerateObject().Select(alias => $"{alias.Name}={alias.Value}"),
            images.Where(image => !image.Tag.StartsWith('v')).Select(alias =>
                $"{alias.Tag}={images.Single(image => image.Tag.StartsWith('v') && image.Digest == alias.Digest).Tag}"),
            d8);
    }
}
