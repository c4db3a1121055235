using System.Collections.Immutable;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

/// <summary>The cases about choosing among versions.</summary>
public sealed class SelectionCasesTests
{
    public static TheoryData<string, string> Selections => CaseFile.Pull.Rows("select");

    public static TheoryData<string> LatestPatches => CaseFile.Pull.Ids("latest-patch");

    public static TheoryData<string> Windows => CaseFile.Pull.Ids("between");

    public static TheoryData<string> VersionsOfTags =>
        CaseFile.Pull.Ids(spec => spec.Kind is "dedupe" or "versions-of-tags");

    public static TheoryData<string> Orders => CaseFile.Pull.Ids("sort-versions");

    public static TheoryData<string> Probes => CaseFile.Pull.Ids("probe");

    [Theory]
    [MemberData(nameof(Selections))]
    public void Constraints_select_what_d8_selects(string id, string d8)
    {
        SpecCase spec = CaseFile.Pull[id];
        RuleReading entries = RuleReading.Of(SpecCase.Strings(spec.Input, "entries"));
        Assert.Empty(entries.Faults);
        ImmutableArray<VersionConstraint> constraints =
        [
            .. SpecCase.Strings(spec.Input, "constraints").Select(VersionConstraint.Parse),
            .. entries.Rules.Select(rule => rule.Constraint).OfType<VersionConstraint>(),
        ];
        SelectionRules rules = d8 == "0.33" ? SelectionRules.V033 : SelectionRules.V025;
        CaseFile.CheckSet(
            spec,
            Expected(spec),
            VersionSelection.Resolve(constraints, SpecCase.Strings(spec.Input, "tags"), rules));
        if (spec.Expected.TryGetProperty("mirror_release_channels", out var channels))
        {
            Assert.Equal(channels.GetBoolean(), VersionSelection.FollowsChannels(constraints));
        }
    }

    [Theory]
    [MemberData(nameof(LatestPatches))]
    public void The_latest_patches_are_those_of_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] tags = SpecCase.Strings(spec.Input, "tags");
        ImmutableArray<TaggedVersion> latest = SpecCase.Text(spec.Input, "component") == "platform"
            ? PlatformWindow.Select(tags, SemanticVersion.Zero, SemanticVersion.Create(99, 0, 0))
            : VersionSelection.LatestPatchPerMinor(TaggedVersion.AmongTags(tags));
        CaseFile.CheckSet(spec, Expected(spec), latest.Select(tagged => tagged.Tag));
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void The_window_holds_what_d8_finds_in_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.True(SemanticVersion.TryParse(SpecCase.Text(spec.Input, "min"), out SemanticVersion? min));
        Assert.True(SemanticVersion.TryParse(SpecCase.Text(spec.Input, "max"), out SemanticVersion? max));
        CaseFile.CheckSet(
            spec,
            Expected(spec),
            PlatformWindow.Between(SpecCase.Strings(spec.Input, "tags"), min, max).Select(tagged => tagged.Tag));
    }

    [Theory]
    [MemberData(nameof(VersionsOfTags))]
    public void The_versions_among_tags_are_those_of_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.CheckSet(
            spec,
            Expected(spec),
            TaggedVersion.AmongTags(SpecCase.Strings(spec.Input, "tags")).Select(tagged => tagged.Tag));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Tags_are_shown_in_the_order_of_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CaseFile.Check(
            spec,
            string.Join(' ', Expected(spec)),
            string.Join(' ', TagOrder.NewestFirst(SpecCase.Strings(spec.Input, "versions"))));
    }

    [Theory]
    [MemberData(nameof(Probes))]
    public async Task A_probe_asks_and_finds_what_that_of_d8_does(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] present = [.. SpecCase.Strings(spec.Input, "present").Select(version => "v" + version)];
        bool broken = spec.Input.TryGetProperty("registry_error", out _);
        List<string> requests = [];
        VersionProbe probe = new((tag, _) =>
        {
            requests.Add(tag);
            return broken ? throw new IOException("broken") : Task.FromResult(present.Contains(tag));
        });
        Task<ProbedVersions> walk = probe.FindAsync(
            VersionConstraint.Parse(SpecCase.Text(spec.Input, "constraint")!),
            SelectionRules.V033,
            new CancellationToken(canceled: spec.Input.TryGetProperty("cancelled_before_start", out _)));

        string outcome;
        try
        {
            outcome = $"found {string.Join(' ', (await walk).Found)}";
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
        }
        catch (IOException)
        {
            outcome = "True";
        }

        string expected = spec.Expected.TryGetProperty("error", out var error)
            ? error.ToString()
            : $"found {string.Join(' ', SpecCase.Strings(spec.Expected, "found").Select(version => "v" + version))}";
        CaseFile.Check(spec, expected, outcome);
        if (spec.Expected.TryGetProperty("requests", out _))
        {
            Assert.Equal(SpecCase.Strings(spec.Expected, "requests").Select(version => "v" + version), requests);
        }
    }

    private static string[] Expected(SpecCase spec) => SpecCase.Strings(spec.Expected, "versions");
}
