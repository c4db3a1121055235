using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Locked;

/// <summary>What can be wrong between a lock, the settings and the source (docs/lock.md).</summary>
internal static class LockFaults
{
    private const int Shown = 5;
    private const int MostFaults = 50;

    public static Fault Missing(string path) => new Fault(
        FaultCode.LockMissing,
        $"{SettingName.LockFile} is {QuotedText.Quote(path)}, and there is no such file.",
        "Lock first, and commit the file; or correct the path.").WithValue(path);

    public static Fault Unreadable(string path, string why) => new Fault(
        FaultCode.LockUnreadable,
        $"The lock {QuotedText.Quote(path)} cannot be read: {why.TrimEnd('.')}.",
        $"Restore the file from version control, or delete it and lock again ({SettingName.LockFile}).")
        .WithValue(path);

    public static Fault Conflict(string path, string why) => new Fault(
        FaultCode.LockUnreadable,
        $"The lock {QuotedText.Quote(path)} cannot be read: {why}.",
        $"Take either side of the merge whole, then lock again with the archives of the other side in "
            + $"{SettingName.LockUpdate}.").WithValue(path);

    public static Fault SelectsDifferently(IEnumerable<string> differences) => new(
        FaultCode.LockSelectsDifferently,
        $"The settings and the lock select differently: {string.Join("; ", differences)}.",
        $"Correct the settings, or lock again ({SettingName.LockFile}): a lock is taken whole or not at all.");

    /// <summary>Everything that is gone, each with the tag it stood for.</summary>
    public static ImmutableArray<Fault> Gone(IReadOnlyCollection<string> images) =>
    [
        .. images.Take(MostFaults).Select(image => new Fault(
            FaultCode.LockedContentGone,
            $"{image} is locked, but no longer at the source.",
            $"Pull with an earlier bundle of this lock in {SettingName.BundleDirectory}, or lock again.")),
        .. images.Count <= MostFaults
            ? ImmutableArray<Fault>.Empty
            :
            [
                new Fault(
                    FaultCode.LockedContentGone,
                    $"{ItemCount.Format(images.Count - MostFaults, "more images")} are locked, but no longer at the "
                        + "source.",
                    "Lock again: too much of this lock is gone."),
            ],
    ];

    public static Fault OtherBytes(string name, string wanted, string planned) => new(
        FaultCode.LockedBytesDiffer,
        $"{name} has the locked images, but would be {planned}, not {wanted}.",
        "Another version of this tool wrote the lock, or the lock was edited: lock again, and review the change.");

    public static Fault UnknownPart(string name, IEnumerable<string> known) => new Fault(
        FaultCode.LockPartUnknown,
        $"{SettingName.LockUpdate} names {QuotedText.Quote(name)}, which is neither in the lock nor selected.",
        $"{NearestNames.Ask(name, known)}Write the name of an archive, such as platform or module-console.")
        .WithValue(name);

    public static Fault FloatingPart(string name) => new Fault(
        FaultCode.LockPartUnknown,
        $"{SettingName.LockUpdate} names {QuotedText.Quote(name)}, which each pull resolves.",
        $"Remove it, or set {SettingName.LockDatabases} to lock the databases, too.").WithValue(name);

    public static Fault OutsideSource(string archive, string repository, string root) => new(
        FaultCode.LockOutsideSource,
        $"{archive} is locked to {QuotedText.Quote(repository)}, which is not below {QuotedText.Quote(root)} of the "
            + "source.",
        "Do not use this lock: it was not made from this source. Restore it from version control, or lock again.");

    public static Fault SourceMoved(string changes) => new(
        FaultCode.LockOutdated,
        $"The lock is not what would be locked now: {changes}.",
        "Lock again to take the changes, and review them.");

    public static Fault Floats(ImmutableArray<string> archives) => new(
        FaultCode.LockFloats,
        $"Not locked, and resolved now: {string.Join(", ", archives)}.",
        $"Set {SettingName.LockDatabases} to lock databases, too, and lock often: their old images disappear.");

    public static Fault NotAsLocked(IReadOnlyCollection<string> differences) => new(
        FaultCode.NotAsReviewed,
        $"The bundle is not what is locked: {string.Join("; ", differences.Take(Shown))}"
            + $"{(differences.Count > Shown ? $"; and {differences.Count - Shown} more" : "")}.",
        $"Use the bundle that was pulled with this lock, or correct {SettingName.LockFile}.");
}
