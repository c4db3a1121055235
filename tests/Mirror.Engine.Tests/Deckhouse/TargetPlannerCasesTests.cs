using Mirror.Engine.Deckhouse;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings;
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
        TargetPlanner planner = new(target, null);

        // The path alone is as long as may be; what goes right there is planned.
        Assert.Single(planner.Plan("bundle", [Archive("")]).Archives);
        MirrorException failure = Assert.Throws<MirrorException>(
            () => new TargetPlanner(target, null).Plan("bundle", [Archive("security/trivy-java-db/long")]));
        Assert.Equal(FaultCode.ArchiveHasNoPlace, failure.Faults[0].Code);
    }

    private static WantedArchive Archive(string path) =>
        new("platform.tar", [new WantedLayout(path, [Wanted.Image("", "v1.69.0", '8')])]);
}
