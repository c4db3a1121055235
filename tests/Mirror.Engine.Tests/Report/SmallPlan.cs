using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Tests.Plan;

namespace Mirror.Engine.Tests.Report;

/// <summary>A plan and a report of two images in two archives.</summary>
internal static class SmallPlan
{
    public static MirrorPlan Plan { get; } = Sized(Tiny.Plan(
        Tiny.Archive("platform.tar", Tiny.Image("ee", "v1.69.0", '1', ('a', 1_500_000))),
        Tiny.Archive("module-x.tar", Tiny.Image("ee/modules/x", null, '2', ('a', 1_500_000)))));

    public static MirrorReport Report { get; } = new()
    {
        Verb = MirrorVerb.Pull,
        Plan = Plan,
        Files = [new ReportedFile("platform.tar", "/b/platform.tar", 1_502_208, 1)],
        TransferredBytes = 1_500_200,
        Requests = 9,
        Duration = TimeSpan.FromMilliseconds(61_234.5678),
        Warnings = Plan.Notes,
    };

    /// <summary>The version that real runs have in their records.</summary>
    public static string ToolVersion { get; } =
        new RunOutcome(MirrorVerb.Pull, RunResult.Succeeded, default, default).Version;

    /// <summary>How a pull ended that succeeded.</summary>
    public static RunOutcome Pulled { get; } = new(
        MirrorVerb.Pull, RunResult.Succeeded, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(61.2345678))
    {
        Version = "1.2.3",
    };

    /// <summary>How a plan ended that succeeded.</summary>
    public static RunOutcome Planned { get; } = Pulled with { Verb = MirrorVerb.Plan };

    /// <summary>How a run ended that failed.</summary>
    public static RunOutcome Failed { get; } = Pulled with
    {
        Result = RunResult.Failed,
        Faults =
        [
            new Fault("D8M2006", "It refused the login.", "Set the licence.")
            {
                Settings = [new SettingReference("Source", "registry.example/edition")],
            },
        ],
        Warnings = [new Fault("D8M2019", "It is plain HTTP.", "Use TLS.")],
    };

    /// <summary>One tag is new, one moved, one is gone.</summary>
    public static BundleChanges Changes { get; } = BundleChanges.Between(
        [
            new TaggedImage("platform.tar", "", "v1.69.0", Tiny.Digest('2')),
            new TaggedImage("platform.tar", "install", "v1.0.0", Tiny.Digest('1')),
        ],
        Plan)!;

    /// <summary>The plan with a text of somebody else wherever one can be.</summary>
    public static MirrorPlan Hostile(string text) => Plan with
    {
        Source = text,
        Notes = [new Fault("D8M3101", text, text)],
        Archives =
        [
            .. Plan.Archives.Select(archive => archive with
            {
                Name = text + archive.Name,
                Layouts =
                [
                    .. archive.Layouts.Select(layout => layout with
                    {
                        Images = [.. layout.Images.Select(image => image with { Repository = text, Reason = text })],
                    }),
                ],
            }),
        ],
    };

    private static MirrorPlan Sized(MirrorPlan plan) => plan with
    {
        Archives = [.. plan.Archives.Select(archive => archive with { FileBytes = 1_502_208 })],
        Files = [new PlannedFile { Name = PlannedFile.Releases, Content = new byte[584] }],
        Notes = [new Fault("D8M3101", "No \"databases\" here.", "Switch them off.")],
        Requests = 7,
    };
}
