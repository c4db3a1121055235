using System.Collections.Immutable;
using System.Text.Json;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Plan;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>The cases about what a push says at its end.</summary>
public sealed class SummaryCasesTests
{
    public static TheoryData<string> Counts { get; } = CaseFile.Push.Ids(spec =>
        spec.Kind == "summary" && !CaseFile.NotApplicable.ContainsKey(spec.Id));

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_push_says_what_it_consisted_of(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        string suffix = SpecCase.Text(spec.Input, "modulesPath") ?? "/modules";
        RegistryAccess target = new("target", "registry.example.com", "deckhouse/ee")
        {
            ModulesPath = suffix.Trim('/'),
        };
        TargetTree tree = new(target, null);
        PushSummary summary = new(PlanOf(spec, target));
        bool isWarned = tree.MovedModules is not null && summary.Modules > 0;
        Dictionary<string, string> answers = summary.Lines.Select(line => line.Split(": "))
            .ToDictionary(line => line[0].ToLowerInvariant(), line => line[1]);
        answers["warning"] = $"{isWarned}";
        answers["root"] = $"{target.Host}/{target.Path}";
        answers["path"] = $"{target.Host}/{tree.MovedModules?.Actual}";
        answers["default"] = $"{target.Host}/{tree.MovedModules?.Standard}";
        answers["elapsed"] = PushSummary.TimeOf(TimeSpan.FromSeconds(
            spec.Input.TryGetProperty("elapsedSeconds", out JsonElement seconds) ? seconds.GetDouble() : 0));
        answers["counted"] = answers["other"] == "not present" ? "none" : "other";

        string[] members = [.. spec.Wanted.EnumerateObject().Select(member => member.Name)];
        CaseFile.Check(
            spec,
            string.Join(", ", members.Select(member => $"{member}: {SpecCase.Any(spec.Wanted, member)}")),
            string.Join(", ", members.Select(member => $"{member}: {answers[member]}")));
    }

    [Theory]
    [InlineData(0.9994, "999ms")]
    [InlineData(59.4, "59s")]
    [InlineData(59.9, "1m0s")]
    [InlineData(3_725, "1h2m5s")]
    public void Times_are_told_in_whole_seconds(double seconds, string expected) =>
        Assert.Equal(expected, PushSummary.TimeOf(TimeSpan.FromSeconds(seconds)));

    private static MirrorPlan PlanOf(SpecCase spec, RegistryAccess target)
    {
        bool isEmpty = SpecCase.Any(spec.Input, "images") == "0";
        List<string> paths = [.. SpecCase.Strings(spec.Input, "segments")];
        Add("platform", 1, _ => "install");
        Add("installer", 1, _ => "installer");
        Add("security", Number("security"), number => $"security/{RegistryTree.SecurityDatabases[number].Name}");
        Add("modules", Number("modules"), number => $"modules/m{number}");
        Add("packages", Number("packages"), number => $"packages/p{number}");
        Add("plugins", Number("plugins"), number => $"deckhouse-cli/plugins/c{number}");
        ImmutableArray<LayoutContent> layouts = [.. paths.Select(path =>
            new LayoutContent(path, isEmpty ? [] : [Tiny.Image(path, "v1", '1')]))];

        // Something must be pushed when the case has nothing.
        LayoutContent rest = new("packages/rest", [Tiny.Image("", "v1", '2')]);
        return new TargetPlanner(target, null).Plan(
            "bundle", [new ArchiveContent("x.tar", paths.Count > 0 && !isEmpty ? layouts : [.. layouts, rest])]);

        int Number(string name) =>
            spec.Input.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : 0;

        void Add(string name, int count, Func<int, string> path)
        {
            if (spec.Input.TryGetProperty(name, out _))
            {
                paths.AddRange(Enumerable.Range(0, count).Select(path));
            }
        }
    }
}
