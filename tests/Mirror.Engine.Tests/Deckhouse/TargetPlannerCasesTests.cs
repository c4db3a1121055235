using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Cases;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>The cases of target references that only the plan can judge.</summary>
public sealed class TargetPlannerCasesTests
{
    public static TheoryData<string> Lengths => ["reg-required-planned-length"];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_target_that_leaves_no_room_for_what_is_planned_is_refused_by_the_plan(string id)
    {
        SpecCase spec = CaseFile.Push[id];
        Assert.Equal("planned-repository-too-long", SpecCase.Text(spec.Wanted, "error"));
        RegistryAccess target = SettingsCheck.Check(
            new MirrorPushSettings
            {
                Target = SpecCase.Text(spec.Input, "registry")!,
                BundleDirectory = SettingsTexts.Folder,
            },
            SettingsTexts.NoVariables).Target;
        ArchiveContent databases =
            new("security.tar", [new LayoutContent("security/trivy-db", [Tiny.Image("", "2", '8')])]);

        MirrorException failure = Assert.Throws<MirrorException>(
            () => new TargetPlanner(target, null).Plan("bundle", [databases]));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(FaultCode.ArchiveHasNoPlace, fault.Code);
        Assert.Contains("/security/trivy-db' at reg.io", fault.Message, StringComparison.Ordinal);
    }
}
