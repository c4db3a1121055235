using Mirror.Engine.Report.Diff;

namespace Mirror.Engine;

/// <summary>
/// What changes between two states of a mirror, each of them a lock, plan, report, bundle, source or target
/// (docs/review.md). It is what a reviewer approves, and what a pull or push can be bound to.
/// </summary>
public sealed record MirrorDiff
{
    /// <summary>The state before.</summary>
    public required MirrorDiffSide From { get; init; }

    /// <summary>The state after.</summary>
    public required MirrorDiffSide To { get; init; }

    /// <summary>
    /// The id of the diff: 64 hex digits, the sha256 over the two state ids, each followed by a line feed. Two diffs of
    /// the same two states have the same id, wherever the states lie.
    /// </summary>
    public string Id => DiffTags.IdOf(From.StateId, To.StateId);

    /// <summary>
    /// Whether no tag is new, moved or gone, those of vulnerability databases included.
    /// </summary>
    public bool IsEmpty => Added.IsEmpty && Moved.IsEmpty && Gone.IsEmpty;

    /// <summary>The archives in which something changes, by name.</summary>
    public ImmutableArray<DiffedArchive> Archives { get; init; } = [];

    /// <summary>What it comes to in bytes, over all archives: each piece of content counts once.</summary>
    public DiffedBytes Bytes { get; init; } = new();

    /// <summary>
    /// What the vendor says of the releases that are new: vulnerabilities first, then impacts, disruptions, modules
    /// that left the platform.
    /// </summary>
    public ImmutableArray<DiffedNote> Notes { get; init; } = [];

    /// <summary>How many more notes there are than <see cref="Notes"/> holds.</summary>
    public int OmittedNotes { get; init; }

    /// <summary>
    /// What new releases require otherwise than the release before them; the first of them is compared with the newest
    /// release of <see cref="From"/>.
    /// </summary>
    public ImmutableArray<DiffedRequirement> Requirements { get; init; } = [];

    /// <summary>Tags that were not there, by archive, path and tag.</summary>
    public ImmutableArray<ChangedImage> Added { get; init; } = [];

    /// <summary>Tags that stand for another image, by archive, path and tag.</summary>
    public ImmutableArray<ChangedImage> Moved { get; init; } = [];

    /// <summary>
    /// Tags that are no longer there, by archive, path and tag. A push deletes nothing: at a target they stay.
    /// </summary>
    public ImmutableArray<ChangedImage> Gone { get; init; } = [];

    /// <summary>
    /// Those of <see cref="Moved"/> that should never move: tags that are a version or a digest. Ask the vendor before
    /// you approve one.
    /// </summary>
    public ImmutableArray<ChangedImage> SuspiciousMoves => [.. Moved.Where(DiffTags.IsFixed)];

    /// <summary>Those of <see cref="Added"/> that are VEX attestations of images.</summary>
    public ImmutableArray<ChangedImage> AttestationsAdded =>
        [.. Added.Where(image => DiffTags.IsAttestation(image.Tag))];

    /// <summary>Those of <see cref="Gone"/> that are VEX attestations of images.</summary>
    public ImmutableArray<ChangedImage> AttestationsGone =>
        [.. Gone.Where(image => DiffTags.IsAttestation(image.Tag))];

    /// <summary>Returns one line for humans: how many tags are new, moved and gone, and the new bytes.</summary>
    /// <returns>The line that summaries in CI begin with.</returns>
    public override string ToString() => DiffText.Headline(this);
}
