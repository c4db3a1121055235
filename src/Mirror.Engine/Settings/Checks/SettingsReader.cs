using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>
/// Makes the settings of a verb out of the texts of a build file. Texts come by MSBuild name, in any case; empty ones
/// count as not set; items are <c>name</c> or <c>name@constraint</c>. Everything that is wrong is thrown at once.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Reads the settings of a pull or plan.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="isFolder">
    /// Whether a folder has that name, from where the build file's relative paths start: a text that is no constraint
    /// but names one was meant for another setting.
    /// </param>
    public static MirrorPullSettings ReadPull(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values,
        IReadOnlyDictionary<string, string> environment,
        Func<string, bool>? isFolder = null) =>
        Read<MirrorPullSettings>(
            SettingVerbs.Pull,
            values,
            (settings, faults) => PullCheck.Collect(settings, new RunEnvironment(environment), faults),
            isFolder);

    public static MirrorPushSettings ReadPush(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyDictionary<string, string> environment) =>
        Read<MirrorPushSettings>(SettingVerbs.Push, values, (settings, faults) =>
            PushCheck.Collect(settings, new RunEnvironment(environment), faults));

    /// <summary>Reads the settings of a sync; parameters as for <see cref="ReadPull"/>.</summary>
    public static MirrorSyncSettings ReadSync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values,
        IReadOnlyDictionary<string, string> environment,
        Func<string, bool>? isFolder = null) =>
        Read<MirrorSyncSettings>(
            SettingVerbs.Sync,
            values,
            (settings, faults) => SyncCheck.Collect(settings, new RunEnvironment(environment), faults),
            isFolder);

    public static MirrorVerifySettings ReadVerify(IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
        Read<MirrorVerifySettings>(SettingVerbs.Verify, values, (settings, faults) =>
            SettingsCheck.Collect(settings, faults));

    public static MirrorVerifyGostDigestSettings ReadVerifyGost(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
        Read<MirrorVerifyGostDigestSettings>(SettingVerbs.VerifyGostDigest, values, (settings, faults) =>
            SettingsCheck.Collect(settings, faults));

    private static TSettings Read<TSettings>(
        SettingVerbs verb,
        IReadOnlyDictionary<string, IReadOnlyList<string>> values,
        Action<TSettings, SettingsFaults> check,
        Func<string, bool>? isFolder = null)
        where TSettings : MirrorSettings, new()
    {
        SettingsFaults faults = new();
        ILookup<string, string> texts = values
            .SelectMany(pair => pair.Value, (pair, text) => (pair.Key, Text: text.Trim()))
            .Where(pair => pair.Text.Length > 0)
            .ToLookup(pair => pair.Key, pair => pair.Text, StringComparer.OrdinalIgnoreCase);
        RefuseSecrets(texts, faults);
        RefuseUnknown(verb, values.Keys, faults);

        MirrorSettings settings = new TSettings();
        foreach (SettingRow row in SettingsTable.Of(verb).Where(row => texts.Contains(row.Name)))
        {
            string[] given = [.. texts[row.Name]];
            if (row.Apply(given, ref settings) is { } fault)
            {
                bool isPath = row.Kind == SettingKind.Constraint && given.Length == 1 && isFolder is not null
                    && ConstraintText.LooksLikePath(given[0], isFolder);
                faults.GiveUp(
                    row.Member,
                    isPath ? SettingFault.ConstraintIsPath(SettingName.Of(row.Reference), given[0]) : fault);
            }
        }

        TSettings read = (TSettings)settings;
        check(read, faults);
        faults.ThrowIfAny();
        return read;
    }

    private static void RefuseSecrets(ILookup<string, string> texts, SettingsFaults faults)
    {
        foreach (ForbiddenSecret secret in SettingsTable.ForbiddenSecrets.Where(secret => texts.Contains(secret.Name)))
        {
            faults.Add(secret.Name, SettingFault.SecretInProperty(secret));
        }
    }

    private static void RefuseUnknown(SettingVerbs verb, IEnumerable<string> names, SettingsFaults faults)
    {
        IEnumerable<string> known = SettingsTable.Of(verb).Select(row => row.Name)
            .Concat(SettingsTable.ForbiddenSecrets.Select(secret => secret.Name));
        foreach (string name in names.Except(known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            faults.Add(name, SettingFault.Unknown(name));
        }
    }
}
