namespace Mirror.Engine;

/// <summary>What locking, or checking a lock, came to.</summary>
public sealed record MirrorLockResult
{
    /// <summary>What is locked; of a check, what would be.</summary>
    public required MirrorPlan Plan { get; init; }

    /// <summary>The full path of the lock.</summary>
    public required string LockFile { get; init; }

    /// <summary>Whether the lock was, or would be, written: there is none yet, or it says something else.</summary>
    public required bool HasChanged { get; init; }

    /// <summary>
    /// What changes against the earlier lock, as a reviewer sees it; <see langword="null"/>: there is none, or it was
    /// of another source.
    /// </summary>
    public MirrorDiff? Changes { get; init; }

    /// <summary>Returns one line for humans.</summary>
    /// <returns>What is locked, its state id, and how it differs from the earlier lock.</returns>
    public override string ToString() =>
        $"{Plan.Content}, state {Plan.ShortStateId}: "
            + (!HasChanged ? "unchanged" : Changes is null or { IsEmpty: true } ? "new" : $"{Changes}");
}
