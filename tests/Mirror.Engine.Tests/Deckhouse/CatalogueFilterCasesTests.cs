using Mirror.Engine.Deckhouse.Catalogue;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases of which names a list of includes or excludes lets through.</summary>
public sealed class CatalogueFilterCasesTests
{
    public static TheoryData<string> Matches => CaseFile.Pull.Ids(
        spec => spec.Kind == "filter-match" && !CaseFile.NotApplicable.ContainsKey(spec.Id));

    public static TheoryData<string> Effective => CaseFile.Pull.Ids("filter-effective");

    public static TheoryData<string> Empty => ["filter-empty-list"];

    [Theory]
    [MemberData(nameof(Matches))]
    public void A_name_passes_when_it_does_in_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] rules = [.. SpecCase.Strings(spec.Input, "names"), .. SpecCase.Strings(spec.Input, "expressions")];
        bool isInclude = SpecCase.Text(spec.Input, "list") == "whitelist";
        CatalogueFilter filter = Filter(isInclude ? rules : [], isInclude ? [] : rules);
        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "match")!,
            $"{filter.Wants(SpecCase.Text(spec.Input, "module")!)}");
    }

    [Theory]
    [MemberData(nameof(Effective))]
    public void Includes_win_over_excludes(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        string[] included = SpecCase.Strings(spec.Input, "include_module");
        string[] excluded = SpecCase.Strings(spec.Input, "exclude_module");
        CatalogueFilter filter = Filter(included, excluded);

        CaseFile.Check(
            spec,
            $"{SpecCase.Text(spec.Expected, "list")} {string.Join(' ', SpecCase.Strings(spec.Expected, "names"))}",
            $"{(filter.Wants("any other") ? "blacklist" : "whitelist")} {string.Join(' ', filter.Named)}");
        Assert.All(included, name => Assert.True(filter.Wants(name)));
    }

    [Theory]
    [MemberData(nameof(Empty))]
    public void A_list_without_rules_lets_everything_through(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CatalogueFilter filter = Filter(SpecCase.Strings(spec.Input, "expressions"), []);
        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Expected, "matches_everything")} {SpecCase.Any(spec.Expected, "names")}",
            $"{filter.Wants("any")} [{string.Join(", ", filter.Named)}]");
    }

    private static CatalogueFilter Filter(string[] includes, string[] excludes)
    {
        MirrorPullSettings settings = SettingsTexts.Check(SettingsTexts.Valid with
        {
            IncludeModules = [.. includes.Select(ComponentRule.FromString)],
            ExcludeModules = [.. excludes.Select(ComponentRule.FromString)],
        }).Settings;
        return new CatalogueFilter(settings.IncludeModules, settings.ExcludeModules);
    }
}
