using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Mirror.Engine.Tests.Cases;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

/// <summary>The cases of what settings make of each other, and of texts that were meant otherwise.</summary>
public sealed class SelectionCasesTests
{
    public static TheoryData<string> Paths => CaseFile.Pull.Ids("looks-like-path");

    public static TheoryData<string> Quotes => CaseFile.Pull.Ids("empty-constraint-diagnosis");

    public static TheoryData<string> Phases => CaseFile.Pull.Ids("modules-in-pull");

    public static TheoryData<string> Flags => CaseFile.Pull.Ids("resolve-module-flags");

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_path_is_told_from_a_constraint(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        bool exists = SpecCase.Any(spec.Input, "existing_directory") == "True";
        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "path")!,
            $"{ConstraintText.LooksLikePath(SpecCase.Text(spec.Input, "text")!, _ => exists)}");
    }

    [Theory]
    [MemberData(nameof(Quotes))]
    public void A_rule_that_lost_its_constraint_is_named_with_advice_on_quoting(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        Assert.Equal("include-module", SpecCase.Text(spec.Input, "flag"));
        MirrorPullSettings settings = SettingsTexts.Valid with
        {
            IncludeModules = [.. SpecCase.Strings(spec.Input, "values").Select(ComponentRule.FromString)],
        };
        MirrorException? failure = Record.Exception(() => SettingsTexts.Check(settings)) as MirrorException;

        string? offender = SpecCase.Text(spec.Expected, "offender");
        Assert.Equal(offender is null, failure is null);
        if (offender is not null)
        {
            Fault? fault = ErrorKinds.Find(SpecCase.Text(spec.Input, "error")!, failure!.Faults);
            Assert.Contains(offender, fault!.Message, StringComparison.Ordinal);
            Assert.Contains("IncludeModules", fault.Message, StringComparison.Ordinal);
            Assert.Contains("Quote the rule", fault.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Modules_are_part_of_a_pull_when_they_are_for_d8(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CheckedPullSettings order = SettingsTexts.Check(Without(spec) with
        {
            OnlyExtraImages = SpecCase.Any(spec.Input, "only_extra_images") == "True",
        });
        CaseFile.Check(
            spec,
            SpecCase.Any(spec.Expected, "modules_phase")!,
            $"{order.Settings.Components.HasFlag(MirrorComponents.Modules)}");
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Modules_that_are_named_are_pulled_with_a_warning(string id)
    {
        SpecCase spec = CaseFile.Pull[id];
        CheckedPullSettings order = SettingsTexts.Check(Without(spec) with
        {
            IncludeModules = spec.Input.GetProperty("include_module").ValueKind == System.Text.Json.JsonValueKind.Null
                ? []
                : [.. SpecCase.Strings(spec.Input, "include_module").Select(ComponentRule.FromString)],
        });
        CaseFile.Check(
            spec,
            $"{SpecCase.Any(spec.Expected, "no_modules")} {SpecCase.Any(spec.Expected, "warning")}",
            $"{!order.Settings.Components.HasFlag(MirrorComponents.Modules)} "
                + $"{order.Warnings.Any(warning => warning.Code == FaultCode.IncludedAnyway)}");
    }

    private static MirrorPullSettings Without(SpecCase spec) => SettingsTexts.Valid with
    {
        Components = SpecCase.Any(spec.Input, "no_modules") == "True"
            ? MirrorComponents.All & ~MirrorComponents.Modules
            : MirrorComponents.All,
    };
}
