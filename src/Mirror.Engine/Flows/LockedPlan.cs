using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;
using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Flows;

/// <summary>Compares a lock with the settings that take it, and a plan with the lock that it was made of.</summary>
internal static class LockedPlan
{
    /// <summary>Whether the settings select what is locked.</summary>
    /// <exception cref="MirrorException">D8M4103: every member that differs, with both values.</exception>
    public static void DemandSelection(LockFile file, CheckedPullSettings order)
    {
        List<string> differences = [];
        Compare(SettingName.Source, order.Source.Reference, file.Source);
        Compare(SettingName.BundleFormat, $"{order.Settings.BundleFormat}", file.BundleFormat);
        ImmutableSortedDictionary<string, LockedSetting> selection =
            LockSelection.Find(order.Settings, order.Source.ModulesPath);
        foreach (string member in selection.Keys.Union(file.Selection.Keys).Order(StringComparer.Ordinal))
        {
            Compare(
                LockSelection.SettingOf(member),
                selection.GetValueOrDefault(member)?.ToString(),
                file.Selection.GetValueOrDefault(member)?.ToString());
        }

        Compare(
            SettingName.LockDatabases,
            LockSelection.Floating(order.Settings).IsEmpty ? "locked" : "floating",
            file.Floating.IsEmpty ? "locked" : "floating");
        if (differences.Count > 0)
        {
            throw new MirrorException(LockFaults.SelectsDifferently(differences));
        }

        void Compare(string setting, string? ours, string? locked)
        {
            if (ours != locked)
            {
                differences.Add($"{setting} is {Shown(ours)}, locked {Shown(locked)}");
            }
        }
    }

    /// <summary>Whether the archives and files of a plan come out as they are locked.</summary>
    /// <exception cref="MirrorException">D8M4105.</exception>
    public static void DemandBytes(LockFile file, MirrorPlan plan)
    {
        Dictionary<string, PlannedArchive> planned = plan.Archives.ToDictionary(archive => archive.Name);
        List<Fault> faults = [];
        foreach (LockedArchive archive in file.Archives)
        {
            (long bytes, string fingerprint) = planned.TryGetValue(archive.Name, out PlannedArchive? found)
                ? (found.FileBytes, BundleLayout.FingerprintOf(found))
                : (0, "");
            if (bytes != archive.Bytes || fingerprint != archive.Fingerprint)
            {
                faults.Add(LockFaults.OtherBytes(
                    archive.Name, Shown(archive.Bytes, archive.Fingerprint), Shown(bytes, fingerprint)));
            }
        }

        foreach ((string name, Digest digest) in file.Files)
        {
            Digest? made = plan.Files.FirstOrDefault(one => one.Name == name) is { } known
                ? Digest.OfSha256(known.Content.Span)
                : null;
            if (made != digest)
            {
                faults.Add(LockFaults.OtherBytes(name, $"{digest}", made is null ? "missing" : $"{made}"));
            }
        }

        if (faults.Count > 0)
        {
            throw new MirrorException([.. faults]);
        }
    }

    private static string Shown(string? value) => value is null ? "not set" : QuotedText.Quote(value);

    private static string Shown(long bytes, string fingerprint) =>
        $"{bytes} bytes with the fingerprint {(fingerprint.Length > 12 ? fingerprint[..12] : "of nothing")}";
}
