using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Hosting;

/// <summary>
/// Makes the settings of a verb out of texts. Texts come by the host's names, in any case; empty ones count as not set;
/// items are <c>name</c> or <c>name@constraint</c>. Everything that is wrong is thrown at once, and is a run that
/// failed: if its report is wanted, it is written.
/// </summary>
internal sealed class SettingsReader(SettingNames names, EngineParts parts, FullPaths paths)
{
    public TSettings Read<TSettings>(IEnumerable<KeyValuePair<string, string>> values, MirrorVerb? runs)
        where TSettings : MirrorSettings, new()
    {
        List<RegistryAccess> ends = [];
        SettingsFaults faults = new()
        {
            ReadCertificates = end =>
            {
                ends.Add(end);
                return [];
            },
        };
        MirrorSettings settings = new TSettings();
        SettingVerbs verb = VerbOf(settings, runs);
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
        MirrorVerb run = runs ?? VerbOf(verb);
        Check(read, run, faults);
        RunReport report = new(
            run, read.ReportFile, OutputsFile.Find(read.OutputsFile, parts), parts, EventSink.None);
        faults.Add("ReportFile", report.Prepare());
        if (!faults.Faults.IsEmpty)
        {
            // Of settings that are right so far, the run itself tells it.
            ends.ForEach(end => faults.Add("CaFile", parts.FindCertificateFaults(end)));
            report.Fail(faults.Faults);
        }

        faults.ThrowIfAny();
        return read;
    }

    private static MirrorVerb VerbOf(SettingVerbs verb) => verb switch
    {
        SettingVerbs.Pull => MirrorVerb.Pull,
        SettingVerbs.Push => MirrorVerb.Push,
        SettingVerbs.Sync => MirrorVerb.Sync,
        SettingVerbs.Verify => MirrorVerb.Verify,
        SettingVerbs.Diff => MirrorVerb.Diff,
        SettingVerbs.Inventory => MirrorVerb.Inventory,
        SettingVerbs.Check => MirrorVerb.Check,
        SettingVerbs.Merge => MirrorVerb.Merge,
        _ => MirrorVerb.VerifyGostDigest,
    };

    private static SettingVerbs VerbOf(MirrorSettings settings, MirrorVerb? runs) => settings switch
    {
        MirrorPullSettings when runs == MirrorVerb.Lock => SettingVerbs.Lock,
        MirrorPullSettings when runs == MirrorVerb.LockCheck => SettingVerbs.LockCheck,
        MirrorPullSettings => SettingVerbs.Pull,
        MirrorPushSettings => SettingVerbs.Push,
        MirrorSyncSettings => SettingVerbs.Sync,
        MirrorVerifySettings => SettingVerbs.Verify,
        MirrorDiffSettings => SettingVerbs.Diff,
        MirrorInventorySettings => SettingVerbs.Inventory,
        MirrorCheckSettings => SettingVerbs.Check,
        MirrorMergeSettings => SettingVerbs.Merge,
        _ => SettingVerbs.VerifyGostDigest,
    };

    private void Check(MirrorSettings settings, MirrorVerb run, SettingsFaults faults)
    {
        switch (settings)
        {
            case MirrorPullSettings pull when run == MirrorVerb.Plan:
                PullCheck.CollectPlan(pull, parts.Environment, faults);
                break;
            case MirrorPullSettings pull when run is MirrorVerb.Lock or MirrorVerb.LockCheck:
                PullCheck.CollectLock(pull, parts.Environment, faults);
                break;
            case MirrorPullSettings pull:
                PullCheck.Collect(pull, parts.Environment, faults);
                break;
            case MirrorPushSettings push:
                PushCheck.Collect(push, parts.Environment, faults);
                break;
            case MirrorSyncSettings sync:
                SyncCheck.Collect(sync, parts.Environment, faults);
                break;
            case MirrorDiffSettings diff:
                DiffCheck.Collect(diff, parts.Environment, faults);
                break;
            case MirrorInventorySettings inventory:
                TargetCheck.Collect(inventory, parts.Environment, faults);
                break;
            case MirrorCheckSettings check:
                TargetCheck.Collect(check, parts.Environment, faults);
                break;
            case MirrorMergeSettings merge:
                MergeCheck.Collect(merge, faults);
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
            && ConstraintText.LooksLikePath(text, name => parts.Disk.DirectoryExists(paths.Complete(name)));

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
