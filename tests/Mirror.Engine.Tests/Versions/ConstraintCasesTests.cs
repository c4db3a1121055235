using System.Collections.Immutable;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

/// <summary>The cases about texts: versions, constraints, rules.</summary>
public sealed class ConstraintCasesTests
{
    public static TheoryData<string> Versions => CaseFile.Pull.Ids("version-parse");

    public static TheoryData<string> RangeTexts => CaseFile.Pull.Ids("semver-constraint-parse");

    public static TheoryData<string> Checks => CaseFile.Pull.Ids("constraint-check");

    public static TheoryData<string> Constraints => CaseFile.Pull.Ids("constraint-parse");

    // A list without rules is a matter of the settings, not of a rule's text.
    public static TheoryData<string> Rules => CaseFile.Pull.Ids(
        spec => spec.Kind == "filter-parse" && !spec.Expected.TryGetProperty("effective_list", out _));

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_version_is_read_as_d8_reads_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        bool valid = SemanticVersion.TryParse(SpecCase.Text(spec.Input, "text"), out SemanticVersion? version);
        CaseFile.Check(spec, SpecCase.Text(spec.Expected, "normalised") ?? "error", valid ? $"{version}" : "error");
    }

    [Theory]
    [MemberData(nameof(RangeTexts))]
    public void A_range_is_accepted_if_d8_accepts_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        bool valid = VersionRangeParser.TryParse(SpecCase.Text(spec.Input, "constraint"), out _);
        CaseFile.Check(spec, $"{spec.Expected.GetProperty("ok").GetBoolean()}", $"{valid}");
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_range_accepts_the_versions_d8_accepts(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.True(VersionRangeParser.TryParse(SpecCase.Text(spec.Input, "constraint"), out VersionRange? range));
        Assert.True(SemanticVersion.TryParse(SpecCase.Text(spec.Input, "version"), out SemanticVersion? version));
        CaseFile.Check(spec, $"{spec.Expected.GetProperty("match").GetBoolean()}", $"{range.Accepts(version)}");
    }

    [Theory]
    [MemberData(nameof(Constraints))]
    public void A_constraint_is_read_as_d8_reads_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string text = SpecCase.Text(spec.Input, "constraint")!;
        Fault? fault = VersionConstraint.Read(text, out VersionConstraint? constraint);
        bool refused = spec.Expected.TryGetProperty("error_kind", out var kind);
        string[] members = refused ? [] : [.. spec.Expected.EnumerateObject().Select(member => member.Name)];
        string expected = refused
            ? ErrorKinds.CodeOf(kind.GetString()!)
            : string.Join(' ', members.Select(member => $"{member}={Said(member)}"));
        string actual = constraint is null
            ? fault!.Code
            : string.Join(' ', members.Select(member => $"{member}={Shown(member)}"));
        CaseFile.Check(spec, expected, actual);

        string Said(string member) => member == "anchors"
            ? string.Join(',', SpecCase.Strings(spec.Expected, member))
            : SpecCase.Text(spec.Expected, member) ?? "";

        string Shown(string member) => member switch
        {
            "form" => constraint.Form.ToString().ToLowerInvariant(),
            "tag" => constraint.Tag!,
            "channel" => constraint.Channel ?? "",
            "anchors" => string.Join(',', constraint.Anchors),
            "lower_bound" => constraint.LowerBound.ToString(),
            _ => throw new InvalidOperationException($"Nothing is known of {member}."),
        };
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_read_as_d8_reads_it(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        RuleReading reading = RuleReading.Of(SpecCase.Strings(spec.Input, "expressions"));
        ImmutableArray<ComponentRule> rules = reading.Rules;
        string? code = reading.Faults.FirstOrDefault()?.Code;

        string expected = SpecCase.Text(spec.Expected, "error_kind") is { } kind
            ? ErrorKinds.CodeOf(kind)
            : string.Join(' ', SpecCase.Strings(spec.Expected, "names"));
        CaseFile.Check(spec, expected, code ?? string.Join(' ', rules.Select(rule => rule.Name).Distinct()));
        if (spec.Expected.TryGetProperty("constraints_or_ed", out var count))
        {
            Assert.Equal(count.GetInt32(), rules.Length);
        }

        if (spec.Expected.TryGetProperty("exact_tags", out var exact))
        {
            Assert.All(rules, rule => Assert.Equal(SpecCase.Strings(exact, rule.Name), new[] { rule.Constraint?.Tag }));
        }
    }
}
