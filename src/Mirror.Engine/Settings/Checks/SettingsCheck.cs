using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Checks settings whole, before a run touches anything. Neither disk nor network is asked; what a caller found there
/// is told together with the rest, such as files of certificates that cannot be read.
/// </summary>
internal static class SettingsCheck
{
    public static CheckedPullSettings Check(
        MirrorPullSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => PullCheck.Collect(settings, environment, faults));

    /// <summary>As the check of a pull, for its plan.</summary>
    public static CheckedPullSettings CheckPlan(
        MirrorPullSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => PullCheck.CollectPlan(settings, environment, faults));

    /// <summary>As the check of a pull, for its lock.</summary>
    public static CheckedPullSettings CheckLock(
        MirrorPullSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => PullCheck.CollectLock(settings, environment, faults));

    public static CheckedPushSettings Check(
        MirrorPushSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => PushCheck.Collect(settings, environment, faults));

    public static CheckedSyncSettings Check(
        MirrorSyncSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => SyncCheck.Collect(settings, environment, faults));

    public static CheckedDiffSettings Check(
        MirrorDiffSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => DiffCheck.Collect(settings, environment, faults));

    public static CheckedInventorySettings Check(
        MirrorInventorySettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => TargetCheck.Collect(settings, environment, faults));

    public static CheckedCheckSettings Check(
        MirrorCheckSettings settings,
        RunEnvironment environment,
        ImmutableArray<Fault> found = default,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates = null) =>
        ThrowIfAny(found, readCertificates, faults => TargetCheck.Collect(settings, environment, faults));

    public static MirrorMergeSettings Check(
        MirrorMergeSettings settings, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, null, faults => MergeCheck.Collect(settings, faults));

    public static MirrorVerifySettings Check(
        MirrorVerifySettings settings, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, null, faults => Collect(settings, faults));

    public static MirrorVerifyGostDigestSettings Check(
        MirrorVerifyGostDigestSettings settings, ImmutableArray<Fault> found = default) =>
        ThrowIfAny(found, null, faults => Collect(settings, faults));

    public static MirrorVerifySettings Collect(MirrorVerifySettings settings, SettingsFaults faults)
    {
        FileCheck.CheckRecords(settings, faults);
        FileCheck.CheckPath("LockFile", settings.LockFile, faults);
        return settings with
        {
            Files = FileCheck.CheckBundle(settings.BundleDirectory, settings.Files, faults),
        };
    }

    public static MirrorVerifyGostDigestSettings Collect(MirrorVerifyGostDigestSettings settings, SettingsFaults faults)
    {
        FileCheck.CheckRecords(settings, faults);
        return settings with
        {
            Files = FileCheck.CheckBundle(settings.BundleDirectory, settings.Files, faults),
        };
    }

    private static T ThrowIfAny<T>(
        ImmutableArray<Fault> found,
        Func<RegistryAccess, ImmutableArray<Fault>>? readCertificates,
        Func<SettingsFaults, T> check)
    {
        SettingsFaults faults = new() { ReadCertificates = readCertificates ?? (static _ => []) };
        T result = check(faults);
        faults.Add("ReportFile", found.OrEmpty());
        faults.ThrowIfAny();
        return result;
    }
}
