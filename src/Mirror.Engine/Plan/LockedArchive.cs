namespace Mirror.Engine.Plan;

/// <summary>An archive of a lock; bytes and fingerprint are those of the file that a pull writes.</summary>
internal sealed record LockedArchive(
    string Name, long Bytes, string Fingerprint, ImmutableArray<LockedLayout> Layouts)
{
    public static LockedArchive Create(PlannedArchive archive, string fingerprint) => new(
        archive.Name,
        archive.FileBytes,
        fingerprint,
        [
            .. archive.Layouts.OrderBy(layout => layout.Path, StringComparer.Ordinal).Select(LockedLayout.Create),
        ]);
}
