using Mirror.Engine.Report;

namespace Mirror.Engine;

/// <summary>What a run did.</summary>
public sealed record MirrorReport
{
    /// <summary>What the run was.</summary>
    public required MirrorVerb Verb { get; init; }

    /// <summary>
    /// What was planned; a report exists only for a run that stored, pushed or verified exactly this.
    /// </summary>
    public required MirrorPlan Plan { get; init; }

    /// <summary>
    /// The files of the bundle's archives, by archive; what a pull writes beside them is in <see
    /// cref="MirrorPlan.Files"/>.
    /// </summary>
    public required ImmutableArray<ReportedFile> Files { get; init; }

    /// <summary>
    /// The archives that a pull kept as they were and did not read: of these only names, sizes and inventories were
    /// compared. A verification reads them.
    /// </summary>
    public ImmutableArray<string> BelievedArchives { get; init; } = [];

    /// <summary>Bytes that were downloaded, sent or hashed.</summary>
    public required long TransferredBytes { get; init; }

    /// <summary>Requests of the whole run.</summary>
    public required int Requests { get; init; }

    /// <summary>What a push or sync did, by repository; empty for other verbs.</summary>
    public ImmutableArray<ReportedRepository> Repositories { get; init; } = [];

    /// <summary>Blobs that a push or sync sent; each once where the registry mounts.</summary>
    public int SentBlobs { get; init; }

    /// <summary>Blobs that a push or sync mounted from one repository of the registry into another.</summary>
    public int MountedBlobs { get; init; }

    /// <summary>The bytes of those blobs, for each repository they were mounted into.</summary>
    public long MountedBytes { get; init; }

    /// <summary>
    /// Blobs of the plan that the registry of a push or sync had before: with tags that were there, or from an
    /// interrupted run.
    /// </summary>
    public int AlreadyThereBlobs { get; init; }

    /// <summary>The bytes of <see cref="AlreadyThereBlobs"/>, each counted once.</summary>
    public long AlreadyThereBytes { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// What a pull changed in the bundle that was there; <see langword="null"/>: nothing is known of one.
    /// </summary>
    public BundleChanges? Changes { get; init; }

    /// <summary>
    /// Whether a pull or merge stored other images than the bundle had, or a push or sync wrote a tag;
    /// <see langword="false"/> for a verification. A bundle of which nothing is known counts as changed.
    /// </summary>
    public bool HasChanged => Verb switch
    {
        MirrorVerb.Pull or MirrorVerb.Merge => Changes is not { IsEmpty: true },
        MirrorVerb.Push or MirrorVerb.Sync => Repositories.Any(repository => repository.Pushed > 0),
        _ => false,
    };

    /// <summary>Whether every archive was in the folder as planned.</summary>
    internal bool IsUpToDate { get; init; }

    /// <summary>What the run was, with its source and target, for humans.</summary>
    internal string Title => Verb switch
    {
        MirrorVerb.Pull => $"Pull of {Plan.Source}",
        MirrorVerb.Push => $"Push of {Plan.Source} to {Plan.Target}",
        MirrorVerb.Sync => $"Sync of {Plan.Source} to {Plan.Target}",
        MirrorVerb.Merge => $"Merge of bundles of {Plan.Source}",
        _ => $"Verification of {Plan.Source}",
    };

    /// <summary>What <see cref="BelievedArchives"/> means, for people; <see langword="null"/>: all was read.</summary>
    internal string? Believed => BelievedArchives.IsEmpty
        ? null
        : $"Kept without reading, by name, size and inventory: {string.Join(", ", BelievedArchives)}. "
            + "A verify run reads and checks every byte.";

    /// <summary>Warnings of the run, in order.</summary>
    public ImmutableArray<Fault> Warnings { get; init; } = [];

    /// <summary>Returns one line for humans: what was done, how much of it, and how long it took.</summary>
    /// <returns>The line that summaries in CI begin with.</returns>
    public override string ToString() => ReportSummary.Create(this).Headline;
}
