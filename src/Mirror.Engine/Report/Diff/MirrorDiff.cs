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

/// <summary>One of the two states of a diff.</summary>
/// <param name="Kind">
/// What it is: <c>lock</c>, <c>have</c>, <c>plan</c>, <c>report</c>, <c>bundle</c>, <c>source</c> or <c>target</c>.
/// </param>
/// <param name="Name">
/// <c>host[:port]/path</c> of a registry, or the name of a file or folder without the way to it.
/// </param>
/// <param name="StateId">
/// The id of its tags, 64 hex digits, without those of vulnerability databases (docs/lock.md#state-id).
/// </param>
public sealed record MirrorDiffSide(string Kind, string Name, string StateId)
{
    /// <summary>What <see cref="Kind"/> can be.</summary>
    internal static ImmutableArray<string> Kinds { get; } =
        ["lock", "have", "plan", "report", "bundle", "source", "target"];

    /// <summary>The side for people: <c>bundle 2026-12-01 (0123456789ab)</c>.</summary>
    /// <returns>Kind, name and the first digits of the state id.</returns>
    public override string ToString() => $"{Kind} {Name} ({Plan.StateId.Short(StateId)})";
}

/// <summary>What changes in one archive.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">
/// What it comes to in bytes: each piece of content once, new if nothing on the other side has it.
/// </param>
public sealed record DiffedArchive(string Name, DiffedBytes Bytes)
{
    /// <summary>Versions that are new in its uppermost repository, the newest first.</summary>
    public ImmutableArray<string> VersionsAdded { get; init; } = [];

    /// <summary>Versions that are gone from there, the newest first.</summary>
    public ImmutableArray<string> VersionsGone { get; init; } = [];

    /// <summary>Release channels that point elsewhere, the least stable first.</summary>
    public ImmutableArray<DiffedChannel> Channels { get; init; } = [];

    /// <summary>How many tags are new.</summary>
    public int Added { get; init; }

    /// <summary>How many tags stand for another image.</summary>
    public int Moved { get; init; }

    /// <summary>How many tags are gone.</summary>
    public int Gone { get; init; }
}

/// <summary>A release channel that points elsewhere.</summary>
/// <param name="Name">The channel: <c>stable</c>.</param>
/// <param name="Was">
/// The version that it pointed to, or the first digits of a digest; <see langword="null"/>: there was no such channel.
/// </param>
/// <param name="Now">The same for now; <see langword="null"/>: it is gone.</param>
public sealed record DiffedChannel(string Name, string? Was, string? Now)
{
    /// <summary>Returns the channel for people.</summary>
    /// <returns>The line, for example <c>stable: v1.70.4 → v1.71.3</c>.</returns>
    public override string ToString() => $"{Name}: {Was ?? "none"} → {Now ?? "gone"}";
}

/// <summary>Bytes of content, each piece once.</summary>
/// <param name="New">Content that only the state after has.</param>
/// <param name="Known">Content of the state after that the state before has as well.</param>
/// <param name="Gone">Content that only the state before has.</param>
/// <param name="IsExact">
/// Whether the manifests of all images are known. Where they are not, an image that changed counts whole: then
/// <paramref name="New"/> and <paramref name="Gone"/> are at most what they say, apart from
/// <paramref name="UnknownImages"/>.
/// </param>
/// <param name="UnknownImages">
/// Images of which not even the size is known, on both sides together: they are in none of the numbers.
/// </param>
public sealed record DiffedBytes(
    long New = 0, long Known = 0, long Gone = 0, bool IsExact = true, int UnknownImages = 0);

/// <summary>What the vendor says of a release that is new. All of it is a text of others.</summary>
/// <param name="Release">The release: <c>v1.71.3</c>, or <c>console v1.46.0</c> of a module.</param>
/// <param name="Component">What it is about; empty: it does not say.</param>
/// <param name="Kind">Why it is told.</param>
/// <param name="Text">One line, cut where it is very long.</param>
/// <param name="Link">Where to read more, an <c>https</c> address; <see langword="null"/>: nowhere.</param>
public sealed record DiffedNote(string Release, string Component, DiffNoteKind Kind, string Text, string? Link);

/// <summary>Why a note is told.</summary>
public enum DiffNoteKind
{
    /// <summary>It names a vulnerability, by CVE or BDU.</summary>
    Vulnerability,

    /// <summary>The change has an impact on a cluster, such as restarts.</summary>
    Impact,

    /// <summary>The release has a disruption, which a cluster has to approve.</summary>
    Disruption,

    /// <summary>A part of the platform has become a module, which must be at hand.</summary>
    MigratedModule,

    /// <summary>A file of the release cannot be read, so nothing is known of what it says.</summary>
    Unreadable,
}

/// <summary>A requirement that is new, other or gone.</summary>
/// <param name="Release">The release that requires it: <c>v1.71.3</c>, or <c>console v1.46.0</c> of a module.</param>
/// <param name="Name">Its name: <c>k8s</c>.</param>
/// <param name="Value">What is required; <see langword="null"/>: nothing any more.</param>
/// <param name="Was">
/// What the release before it required; <see langword="null"/>: nothing, or it is not known.
/// </param>
public sealed record DiffedRequirement(string Release, string Name, string? Value, string? Was);
