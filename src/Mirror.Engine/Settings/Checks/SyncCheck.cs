using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

internal static class SyncCheck
{
    public static CheckedSyncSettings Collect(
        MirrorSyncSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        ConnectionCheck connection = new(settings, environment, faults);
        if (settings.Credential is not null)
        {
            faults.Add("Credential", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.Mark("Credential")} is set for a sync, which logs in at two ends.",
                $"Set {SettingName.Mark("Source.Credential")}, {SettingName.Mark("Target.Credential")} or both "
                    + "instead."));
        }

        RegistryAccess source = PullCheck.CheckSource(settings, connection);
        CheckedPushSettings push = PushCheck.CollectTarget(
            new MirrorPushSettings(settings)
            {
                Target = settings.Target,
                BareRoot = settings.BareRoot,
                SkipAccessCheck = settings.SkipAccessCheck,
                InventoryFile = settings.InventoryFile,
            },
            connection,
            environment,
            faults);
        connection.CheckShared();
        FileCheck.CheckPath("TmpDirectory", settings.TmpDirectory, faults);
        FileCheck.CheckPath("LockFile", settings.LockFile, faults);
        FileCheck.CheckPath("InventoryFile", settings.InventoryFile, faults);
        PullCheck.WarnOfUpdate(settings, faults);
        CheckedPullSettings pull = PullCheck.Settle(new MirrorPullSettings(settings), source, faults);
        if (pull.Source.Reference == push.Target.Reference && pull.Source.Path.Length > 0)
        {
            faults.Add("Target", new Fault(
                FaultCode.SettingsConflict,
                $"Source and target are both {push.Target.Reference}.",
                $"Set {SettingName.Target} to another registry or path."));
        }

        string folder = Path.Join(TmpDirectory(settings, environment, faults), SpoolName(push.Target));
        return new CheckedSyncSettings(pull, push, folder, faults.Warnings);
    }

    /// <summary>
    /// A folder of the user's own, so that others neither see nor delay what a sync is about.
    /// </summary>
    private static string TmpDirectory(
        MirrorSyncSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        if (!string.IsNullOrEmpty(settings.TmpDirectory))
        {
            return settings.TmpDirectory;
        }

        string? cache = environment["XDG_CACHE_HOME"]
            ?? (environment["HOME"] is { } home ? Path.Join(home, ".cache") : environment["LOCALAPPDATA"]);
        if (cache is null || !Path.IsPathFullyQualified(cache))
        {
            faults.Add("TmpDirectory", SettingFault.Missing(
                SettingName.TmpDirectory,
                "Set it to a folder for metadata layers, or the variable HOME or LOCALAPPDATA."));
            return "";
        }

        return Path.Join(cache, "d8mirror");
    }

    private static string SpoolName(RegistryAccess target) =>
        $"sync-{Digest.OfSha256(Encoding.UTF8.GetBytes(target.Reference)).Hex[..8]}";
}

/// <summary>The settings of a sync after <see cref="SettingsCheck"/>: those of its pull and of its push.</summary>
/// <param name="Pull">What to take; there is no bundle.</param>
/// <param name="Push">Where it goes; there are no files.</param>
/// <param name="TmpDirectory">
/// For the metadata that planning reads. It belongs to this target, so that syncs to others may run.
/// </param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedSyncSettings(
    CheckedPullSettings Pull, CheckedPushSettings Push, string TmpDirectory, ImmutableArray<Fault> Warnings);
