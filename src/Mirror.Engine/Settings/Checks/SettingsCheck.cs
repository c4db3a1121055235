using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Checks settings whole, before a run touches anything: everything that is wrong is thrown at once. Neither disk nor
/// network is asked.
/// </summary>
internal static class SettingsCheck
{
    public static CheckedPullSettings Check(MirrorPullSettings settings, RunEnvironment environment) =>
        ThrowIfAny(faults => PullCheck.Collect(settings, environment, faults));

    public static CheckedPushSettings Check(MirrorPushSettings settings, RunEnvironment environment) =>
        ThrowIfAny(faults => PushCheck.Collect(settings, environment, faults));

    public static CheckedSyncSettings Check(MirrorSyncSettings settings, RunEnvironment environment) =>
        ThrowIfAny(faults => SyncCheck.Collect(settings, environment, faults));

    public static MirrorVerifySettings Check(MirrorVerifySettings settings) =>
        ThrowIfAny(faults => Collect(settings, faults));

    public static MirrorVerifyGostDigestSettings Check(MirrorVerifyGostDigestSettings settings) =>
        ThrowIfAny(faults => Collect(settings, faults));

    public static MirrorVerifySettings Collect(MirrorVerifySettings settings, SettingsFaults faults)
    {
        FileCheck.CheckReportFile(settings.ReportFile, faults);
        return settings with
        {
            Files = FileCheck.CheckBundle(settings.BundleDirectory, settings.Files, faults),
        };
    }

    public static MirrorVerifyGostDigestSettings Collect(MirrorVerifyGostDigestSettings settings, SettingsFaults faults)
    {
        FileCheck.CheckReportFile(settings.ReportFile, faults);
        return settings with
        {
            Files = FileCheck.CheckBundle(settings.BundleDirectory, settings.Files, faults),
        };
    }

    private static T ThrowIfAny<T>(Func<SettingsFaults, T> check)
    {
        SettingsFaults faults = new();
        T result = check(faults);
        faults.ThrowIfAny();
        return result;
    }
}
