using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Hosting;

/// <summary>
/// Makes the settings of a verb out of texts. Texts come by the host's names, in any case; empty ones count as not set;
/// items are <c>name</c> or <c>name@constraint</c>. Everything that is wrong is thrown at once.
/// </summary>
internal sealed class SettingsReader(SettingNames names, RunEnvironment environment, IDisk disk, FullPaths paths)
{
    public TSettings Read<TSettings>(IEnumerable<KeyValuePair<string, string>> values)
        where TSettings : MirrorSettings, new()
    {
        SettingsFaults faults = new();
        MirrorSettings settings = new TSettings();
        SettingVerbs verb = VerbOf(settings);
        ILookup<string, string> given =
            values.ToLookup(pair => pair.Key, pair => pair.Value.Trim(), StringComparer.OrdinalIgnoreCase);
        RefuseSecrets(given, faults);
        RefuseUnknown(verb, given, faults);

        foreach (SettingRow row in SettingsTable.RowsFor(verb))
        {
            string[] texts = [.. given[names.Get(row.Name)].Where(text => text.Length > 0)];
            if (texts.Length > 0 && row.Apply(texts, ref settings) is { } fault)
            {
                faults.GiveUp(row.Member, IsFolder(row, texts)
                    ? SettingFault.ConstraintIsPath(SettingName.Mark(row.Reference), texts[0])
                    : fault);
            }
        }

        TSettings read = paths.Complete((TSettings)settings);
        Check(read, faults);
        faults.ThrowIfAny();
        return read;
    }

    private static SettingVerbs VerbOf(MirrorSettings settings) => settings switch
    {
        MirrorPullSettings => SettingVerbs.Pull,
        MirrorPushSettings => SettingVerbs.Push,
        MirrorSyncSettings => SettingVerbs.Sync,
        MirrorVerifySettings => SettingVerbs.Verify,
        _ => SettingVerbs.VerifyGostDigest,
    };

    private void Check(MirrorSettings settings, SettingsFaults faults)
    {
        switch (settings)
        {
            case MirrorPullSettings pull:
                PullCheck.Collect(pull, environment, faults);
                break;
            case MirrorPushSettings push:
                PushCheck.Collect(push, environment, faults);
                break;
            case MirrorSyncSettings sync:
                SyncCheck.Collect(sync, environment, faults);
                break;
            case MirrorVerifySettings verify:
                SettingsCheck.Collect(verify, faults);
                break;
            case MirrorVerifyGostDigestSettings verify:
                SettingsCheck.Collect(verify, faults);
                break;
        }
    }

    // A text that is no constraint but names a folder was meant for another setting.
    private bool IsFolder(SettingRow row, string[] texts) =>
        row.Kind == SettingKind.Constraint && texts is [string text]
            && ConstraintText.LooksLikePath(text, name => disk.DirectoryExists(paths.Complete(name)));

    private void RefuseSecrets(ILookup<string, string> given, SettingsFaults faults)
    {
        foreach (ForbiddenSecret secret in SettingsTable.ForbiddenSecrets
            .Select(secret => secret with { Name = names.Get(secret.Name) })
            .Where(secret => given[secret.Name].Any(text => text.Length > 0)))
        {
            faults.Add(secret.Name, SettingFault.SecretInProperty(secret));
        }
    }

    private void RefuseUnknown(SettingVerbs verb, ILookup<string, string> given, SettingsFaults faults)
    {
        string[] known = [.. SettingsTable.RowsFor(verb).Select(row => names.Get(row.Name))];
        IEnumerable<string> secrets = SettingsTable.ForbiddenSecrets.Select(secret => names.Get(secret.Name));
        foreach (string name in given.Select(texts => texts.Key)
            .Except(known.Concat(secrets), StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal))
        {
            faults.Add(name, SettingFault.Unknown(name, known));
        }
    }
}
