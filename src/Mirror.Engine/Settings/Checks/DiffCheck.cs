using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Checks a comparison: both sides, and those ends that a side needs.</summary>
internal static class DiffCheck
{
    public static CheckedDiffSettings Collect(
        MirrorDiffSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        CheckSide("From", settings.From, faults);
        CheckSide("To", settings.To, faults);
        bool hasSource = IsNamed(settings, MirrorDiffSettings.SourceSide);
        bool hasTarget = IsNamed(settings, MirrorDiffSettings.TargetSide);
        if (settings.From == settings.To && settings.To == MirrorDiffSettings.TargetSide)
        {
            faults.Add("To", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.Mark("From")} and {SettingName.Mark("To")} are both the target, which is only read by "
                    + "what the other side has.",
                "Name a lock, plan, bundle or the source for one of them."));
        }

        if (hasSource && hasTarget && settings.Credential is not null)
        {
            faults.Add("Credential", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.Mark("Credential")} is set for a comparison that logs in at two ends.",
                $"Set {SettingName.Mark("Source.Credential")}, {SettingName.Mark("Target.Credential")} or both "
                    + "instead."));
        }

        ConnectionCheck connection = new(settings, environment, faults);
        CheckedPullSettings? pull = hasSource ? CheckPull(settings, connection, environment, faults) : null;
        CheckedPushSettings? push = hasTarget
            ? PushCheck.CollectTarget(
                new MirrorPushSettings(settings) { Target = settings.Target, BareRoot = settings.BareRoot },
                connection,
                environment,
                faults)
            : null;
        connection.CheckShared();
        FileCheck.CheckPath("TmpDirectory", settings.TmpDirectory, faults);
        return new CheckedDiffSettings(settings.From, settings.To, pull, push, faults.Warnings);
    }

    private static CheckedPullSettings CheckPull(
        MirrorDiffSettings settings,
        ConnectionCheck connection,
        RunEnvironment environment,
        SettingsFaults faults) => PullCheck.Settle(
            new MirrorPullSettings(settings)
            {
                BundleFormat = settings.BundleFormat,
                TmpDirectory = PullCheck.PlanFolder(settings, environment, faults),
                LockFile = null,
            },
            PullCheck.CheckSource(settings, connection),
            faults);

    private static bool IsNamed(MirrorDiffSettings settings, string side) =>
        settings.From == side || settings.To == side;

    private static void CheckSide(string member, string? side, SettingsFaults faults)
    {
        if (string.IsNullOrWhiteSpace(side))
        {
            faults.Add(member, SettingFault.Missing(
                SettingName.Mark(member),
                $"Set it to {MirrorDiffSettings.SourceSide}, {MirrorDiffSettings.TargetSide}, the folder of a bundle, "
                    + "or a lock, inventory, plan or report."));
        }
        else if (side is not (MirrorDiffSettings.SourceSide or MirrorDiffSettings.TargetSide))
        {
            FileCheck.CheckPath(member, side, faults);
        }
    }
}

/// <summary>The settings of a comparison after <see cref="SettingsCheck"/>.</summary>
/// <param name="From">The side before, in the words of the settings.</param>
/// <param name="To">The side after.</param>
/// <param name="Pull">What is read of the source; <see langword="null"/>: no side needs it.</param>
/// <param name="Push">The target; <see langword="null"/>: no side needs it.</param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedDiffSettings(
    string From,
    string To,
    CheckedPullSettings? Pull,
    CheckedPushSettings? Push,
    ImmutableArray<Fault> Warnings);
