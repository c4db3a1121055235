using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

internal static class PullCheck
{
    /// <summary>
    /// Less is a mistake about the unit (a script that says 10 and means gigabytes), and a bundle of a million files.
    /// </summary>
    private const long LeastChunkSize = 100_000;

    private const int LeastIdDigits = 12;
    private const int IdDigits = 64;

    public static CheckedPullSettings Collect(
        MirrorPullSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        WarnOfUpdate(settings, faults);
        RefuseToReplaceBase(settings, faults);
        return Collect(settings, Path.Join(settings.BundleDirectory, ".tmp"), true, environment, faults);
    }

    /// <summary>
    /// The settings of a pull for its plan, which writes nothing into a bundle's folder and needs none: without one it
    /// is the plan of a pull into an empty folder.
    /// </summary>
    public static CheckedPullSettings CollectPlan(
        MirrorPullSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        WarnOfUpdate(settings, faults);
        return CollectWithoutBundle(settings, environment, faults);
    }

    private static CheckedPullSettings CollectWithoutBundle(
        MirrorPullSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        MirrorPullSettings named = settings with
        {
            BundleDirectory = string.IsNullOrWhiteSpace(settings.BundleDirectory) ? "" : settings.BundleDirectory,
        };
        return Collect(named, PlanFolder(settings, environment, faults), false, environment, faults);
    }

    /// <summary>The folder for what a plan reads, unless the settings name one.</summary>
    public static string PlanFolder(
        MirrorSelectionSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        string tmp = environment.FirstOf("TMPDIR", "TEMP", "TMP") ?? "/tmp";
        if (string.IsNullOrEmpty(settings.TmpDirectory) && !Path.IsPathFullyQualified(tmp))
        {
            faults.Add("TmpDirectory", SettingFault.Missing(
                SettingName.TmpDirectory, "Set it to a folder for metadata layers, or the variable TMPDIR or TEMP."));
        }

        return string.IsNullOrEmpty(settings.TmpDirectory) ? tmp : settings.TmpDirectory;
    }

    /// <summary>Only a lock is updated in parts.</summary>
    public static void WarnOfUpdate(MirrorSelectionSettings settings, SettingsFaults faults)
    {
        if (!settings.LockUpdate.IsDefaultOrEmpty)
        {
            faults.Warn(new Fault(
                FaultCode.SettingNotNeeded,
                $"{SettingName.LockUpdate} is set, but only locking and checking a lock use it.",
                "Remove it from the pull, plan or sync."));
        }
    }

    /// <summary>
    /// The settings of a pull for its lock, which needs a file, and a bundle as little as a plan does.
    /// </summary>
    public static CheckedPullSettings CollectLock(
        MirrorPullSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        if (string.IsNullOrWhiteSpace(settings.LockFile))
        {
            faults.Add("LockFile", SettingFault.Missing(
                SettingName.LockFile, "Set it to the lock, by convention mirror.lock.json beside the project."));
        }

        return CollectWithoutBundle(settings, environment, faults);
    }

    public static RegistryAccess CheckSource(MirrorSelectionSettings settings, ConnectionCheck connection) =>
        connection.CheckEnd(
            EndNames.Source, settings.Source ?? new RegistryEndpoint(""), settings.LicenseToken);

    /// <summary>What is taken, once where from and where to are known.</summary>
    public static CheckedPullSettings Settle(
        MirrorPullSettings settings, RegistryAccess source, SettingsFaults faults)
    {
        RegistryEndpoint endpoint = settings.Source ?? new RegistryEndpoint("");
        MirrorPullSettings selection = SelectionCheck.Run(settings, faults);
        ProxyCheck.Run(settings, selection, faults);
        MirrorPullSettings settled = selection with
        {
            LockUpdate = settings.LockUpdate.OrEmpty(),
            DeltaBases = [.. settings.DeltaBases.OrEmpty().Distinct(StringComparer.Ordinal)],
            Transfer = source.Transfer,
            AllowedRealms = source.AllowedRealms,
            LicenseToken = null,
            Credential = null,
            Source = endpoint with { Credential = null, CredentialNames = new CredentialNames() },
        };
        return new CheckedPullSettings(
            settled, source with { CanListTags = !settings.ProxyRegistry }, faults.Warnings);
    }

    private static CheckedPullSettings Collect(
        MirrorPullSettings settings,
        string defaultTmpDirectory,
        bool needsBundle,
        RunEnvironment environment,
        SettingsFaults faults)
    {
        ConnectionCheck connection = new(settings, environment, faults);
        RegistryAccess source = CheckSource(settings, connection);
        connection.CheckShared();
        CheckFolders(settings, needsBundle, faults);
        string tmpDirectory =
            string.IsNullOrEmpty(settings.TmpDirectory) ? defaultTmpDirectory : settings.TmpDirectory;
        return Settle(settings with { TmpDirectory = tmpDirectory }, source, faults);
    }

    /// <summary>A prediction is an assumption: it must not take the place of what was measured.</summary>
    private static void RefuseToReplaceBase(MirrorPullSettings settings, SettingsFaults faults)
    {
        if (!string.IsNullOrEmpty(settings.InventoryFile)
            && settings.DeltaBases.OrEmpty().Contains(settings.InventoryFile))
        {
            faults.Add("InventoryFile", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.Mark("InventoryFile")} is {QuotedText.Quote(settings.InventoryFile)}, which is one of "
                    + $"{SettingName.Mark("DeltaBases")}: the prediction of the pull would replace it.",
                "Write the prediction into a file of its own."));
        }
    }

    private static void CheckDelta(MirrorPullSettings settings, SettingsFaults faults)
    {
        FileCheck.CheckPath("InventoryFile", settings.InventoryFile, faults);
        foreach (string path in settings.DeltaBases.OrEmpty())
        {
            FileCheck.CheckPath("DeltaBases", string.IsNullOrWhiteSpace(path) ? "?" : path, faults);
        }

        string? id = settings.DeltaBaseId;
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        if (id.Length is < LeastIdDigits or > IdDigits || !id.All(char.IsAsciiHexDigitLower))
        {
            faults.Add("DeltaBaseId", SettingFault.Malformed(
                SettingName.Mark("DeltaBaseId"),
                id,
                "state id",
                $"{LeastIdDigits} to {IdDigits} lower-case hex digits"));
        }

        if (settings.DeltaBases.IsDefaultOrEmpty)
        {
            faults.Add("DeltaBaseId", new Fault(
                FaultCode.SettingsConflict,
                $"{SettingName.Mark("DeltaBaseId")} is {QuotedText.Quote(id)}, but there are no bases to choose from.",
                $"Name them in {SettingName.Mark("DeltaBases")}, or remove the id."));
        }
    }

    private static void CheckFolders(MirrorPullSettings settings, bool needsBundle, SettingsFaults faults)
    {
        if (needsBundle && string.IsNullOrWhiteSpace(settings.BundleDirectory))
        {
            faults.Add("BundleDirectory", SettingFault.Missing(
                SettingName.BundleDirectory, "Set it to the folder the bundle shall be written to."));
        }
        else
        {
            FileCheck.CheckPath("BundleDirectory", settings.BundleDirectory, faults);
        }

        FileCheck.CheckPath("TmpDirectory", settings.TmpDirectory, faults);
        FileCheck.CheckPath("LockFile", settings.LockFile, faults);
        FileCheck.CheckReviewed(settings.Reviewed, faults);
        CheckDelta(settings, faults);
        if (settings.BundleChunkSize is < 0 or (> 0 and < LeastChunkSize))
        {
            faults.Add("BundleChunkSize", SettingFault.OutOfRange(
                SettingName.BundleChunkSize, $"{settings.BundleChunkSize}", "0, or 100kB or more"));
        }
    }
}

/// <summary>The settings of a pull after <see cref="SettingsCheck"/>.</summary>
/// <param name="Settings">
/// Complete: rules are parsed, defaults filled in, includes have won over excludes; no array is default, and no secret
/// is left.
/// </param>
/// <param name="Source">The source, with its credential.</param>
/// <param name="Warnings">What a user should know before the run.</param>
internal sealed record CheckedPullSettings(
    MirrorPullSettings Settings, RegistryAccess Source, ImmutableArray<Fault> Warnings);
