using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Checks settings whole, before a run touches anything. Neither disk nor network is asked; what a caller found there
/// is told together with the rest.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>Checks the settings of a pull or plan and completes them.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static CheckedPullSettings Check(
        MirrorPullSettings settings, RunEnvironment environment, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, faults => PullCheck.Collect(settings, environment, faults));

    /// <summary>Checks the settings of a push and completes them.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static CheckedPushSettings Check(
        MirrorPushSettings settings, RunEnvironment environment, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, faults => PushCheck.Collect(settings, environment, faults));

    /// <summary>Checks the settings of a sync and completes them.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static CheckedSyncSettings Check(
        MirrorSyncSettings settings, RunEnvironment environment, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, faults => SyncCheck.Collect(settings, environment, faults));

    /// <summary>Checks the settings of a verification.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static MirrorVerifySettings Check(
        MirrorVerifySettings settings, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, faults => Collect(settings, faults));

    /// <summary>Checks the settings of a verification of GOST sums.</summary>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static MirrorVerifyGostDigestSettings Check(
        MirrorVerifyGostDigestSettings settings, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, faults => Collect(settings, faults));

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

    private static T ThrowIfAny<T>(ImmutableArray<Fault> found, Func<SettingsFaults, T> check)
    {
        SettingsFaults faults = new();
        T result = check(faults);
        faults.Add("ReportFile", found.OrEmpty());
        faults.ThrowIfAny();
        return result;
    }
}
