using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Checks an inventory of a target, and a check of targets.</summary>
internal static class TargetCheck
{
    public static CheckedInventorySettings Collect(
        MirrorInventorySettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        ConnectionCheck connection = new(settings, environment, faults);
        CheckedPushSettings target = PushCheck.CollectTarget(
            new MirrorPushSettings(settings) { Target = settings.Target, BareRoot = settings.BareRoot },
            connection,
            environment,
            faults);
        connection.CheckShared();
        if (string.IsNullOrWhiteSpace(settings.InventoryFile))
        {
            faults.Add("InventoryFile", SettingFault.Missing(
                SettingName.Mark("InventoryFile"), "Set it to the file to write, such as target.have.json."));
        }

        FileCheck.CheckPath("InventoryFile", settings.InventoryFile, faults);
        ExpectedContent expected = CheckExpected(settings.LockFile, settings.BundleDirectory, settings.Files, faults);
        string tmp = environment.FirstOf("TMPDIR", "TEMP", "TMP") ?? "/tmp";
        if (!Path.IsPathFullyQualified(tmp))
        {
            faults.Add("InventoryFile", SettingFault.Malformed(
                "The variable TMPDIR, TEMP or TMP", tmp, "folder for what is read meanwhile", "a full path"));
        }

        return new CheckedInventorySettings(
            target, expected, settings.InventoryFile ?? "", settings.CheckDepth, tmp, faults.Warnings);
    }

    public static CheckedCheckSettings Collect(
        MirrorCheckSettings settings, RunEnvironment environment, SettingsFaults faults)
    {
        ConnectionCheck connection = new(settings, environment, faults);
        RegistryEndpoint first = settings.Target ?? new RegistryEndpoint("");
        ImmutableArray<string> further = [.. settings.Targets.OrEmpty().Where(text => IsTarget(text, faults))];
        string[] references =
        [
            .. settings.Targets.OrEmpty().IsEmpty || !string.IsNullOrWhiteSpace(first.Reference)
                ? [first.Reference]
                : Array.Empty<string>(),
            .. further,
        ];
        ImmutableArray<CheckedPushSettings> targets =
        [
            .. references.Distinct(StringComparer.Ordinal).Select(reference => PushCheck.CollectTarget(
                new MirrorPushSettings(settings)
                {
                    Target = first with { Reference = reference },
                    BareRoot = settings.BareRoot,
                },
                connection,
                environment,
                faults)),
        ];
        connection.CheckShared();
        FileCheck.CheckPath("InventoryFile", settings.InventoryFile, faults);
        ExpectedContent content = CheckExpected(settings.LockFile, settings.BundleDirectory, settings.Files, faults);
        ExpectedContent expected = content with
        {
            InventoryFile = string.IsNullOrEmpty(settings.InventoryFile) ? null : settings.InventoryFile,
        };
        if (expected.IsEmpty)
        {
            faults.Add("LockFile", SettingFault.Missing(
                "What should be at the target",
                $"Set {SettingName.LockFile}, {SettingName.BundleDirectory} or {SettingName.Mark("InventoryFile")}."));
        }

        return new CheckedCheckSettings(targets, expected, settings.CheckDepth, faults.Warnings);
    }

    private static bool IsTarget(string reference, SettingsFaults faults)
    {
        if (RegistryReference.Read(SettingName.Mark("Targets"), reference ?? "", out _) is { } fault)
        {
            faults.Add("Targets", fault);
            return false;
        }

        return true;
    }

    private static ExpectedContent CheckExpected(
        string? lockFile, string? directory, ImmutableArray<string> files, SettingsFaults faults)
    {
        FileCheck.CheckPath("LockFile", lockFile, faults);
        bool hasBundle = !string.IsNullOrWhiteSpace(directory) || !files.IsDefaultOrEmpty;
        return new ExpectedContent(
            string.IsNullOrEmpty(lockFile) ? null : lockFile,
            string.IsNullOrWhiteSpace(directory) ? "" : directory,
            hasBundle ? FileCheck.CheckBundle(directory, files, faults) : []);
    }
}

/// <summary>What names the tags to look for at a target: any of these, or several that agree.</summary>
/// <param name="LockFile">A lock.</param>
/// <param name="BundleDirectory">The folder of a bundle, or empty.</param>
/// <param name="Files">Single archives; never default.</param>
internal sealed record ExpectedContent(string? LockFile, string BundleDirectory, ImmutableArray<string> Files)
{
    /// <summary>An inventory.</summary>
    public string? InventoryFile { get; init; }

    public bool HasBundle => BundleDirectory.Length > 0 || !Files.IsEmpty;

    public bool IsEmpty => LockFile is null && InventoryFile is null && !HasBundle;
}

/// <summary>The settings of an inventory after <see cref="SettingsCheck"/>.</summary>
internal sealed record CheckedInventorySettings(
    CheckedPushSettings Target,
    ExpectedContent Expected,
    string InventoryFile,
    CheckDepth Depth,
    string TmpDirectory,
    ImmutableArray<Fault> Warnings);

/// <summary>The settings of a check after <see cref="SettingsCheck"/>.</summary>
internal sealed record CheckedCheckSettings(
    ImmutableArray<CheckedPushSettings> Targets,
    ExpectedContent Expected,
    CheckDepth Depth,
    ImmutableArray<Fault> Warnings);
