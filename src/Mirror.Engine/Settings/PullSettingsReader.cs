using Mirror.Engine.Errors;

namespace Mirror.Engine.Settings;

/// <summary>Makes the settings of a pull out of the texts of a build file.</summary>
internal static class PullSettingsReader
{
    /// <summary>Reads and checks settings.</summary>
    /// <param name="values">
    /// Texts by MSBuild name, in any case. Empty texts count as not set; items are <c>name</c> or
    /// <c>name@constraint</c>.
    /// </param>
    /// <param name="environment">The variables of this run.</param>
    /// <exception cref="MirrorException">Everything that is wrong, at once.</exception>
    public static MirrorPullSettings Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyDictionary<string, string> environment)
    {
        SettingsFaults faults = new();
        ILookup<string, string> texts = values
            .SelectMany(pair => pair.Value, (pair, text) => (pair.Key, Text: text.Trim()))
            .Where(pair => pair.Text.Length > 0)
            .ToLookup(pair => pair.Key, pair => pair.Text, StringComparer.OrdinalIgnoreCase);
        RefuseSecrets(texts, faults);
        RefuseUnknown(values.Keys, faults);

        MirrorSettings settings = new MirrorPullSettings();
        foreach (SettingRow row in SettingsTable.Of(SettingVerbs.Pull).Where(row => texts.Contains(row.Name)))
        {
            if (row.Apply([.. texts[row.Name]], ref settings) is { } fault)
            {
                faults.GiveUp(row.Member, fault);
            }
        }

        MirrorPullSettings read = (MirrorPullSettings)settings;
        SettingsCheck.Collect(read, new RunEnvironment(environment), faults);
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

    private static void RefuseUnknown(IEnumerable<string> names, SettingsFaults faults)
    {
        IEnumerable<string> known = SettingsTable.Of(SettingVerbs.Pull).Select(row => row.Name)
            .Concat(SettingsTable.ForbiddenSecrets.Select(secret => secret.Name));
        foreach (string name in names.Except(known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            faults.Add(name, SettingFault.Unknown(name));
        }
    }
}
