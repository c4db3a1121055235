using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine;

/// <summary>
/// What a run will move: every image by digest, every archive with its size. Made before the first blob moves, and the
/// whole truth of a run: one that succeeds has stored exactly its plan.
/// </summary>
public sealed record MirrorPlan
{
    /// <summary>The source: <c>host[:port]/path</c>, or the bundle's folder.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Where it is pushed, <c>host[:port]/path</c>; <see langword="null"/> when the plan fills a bundle, or checks one.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The archives, by name.</summary>
    public required ImmutableArray<PlannedArchive> Archives { get; init; }

    /// <summary>Files of the bundle beside its archives, by name.</summary>
    public ImmutableArray<PlannedFile> Files { get; init; } = [];

    /// <summary>What was looked for and is not part of the plan, and what else a user should know.</summary>
    public ImmutableArray<Fault> Notes { get; init; } = [];

    /// <summary>Requests that planning took.</summary>
    public int Requests { get; init; }

    /// <summary>
    /// The number of images over all archives; one that several archives have counts in each of them. The same for a
    /// pull, a push and a verification of the same bundle: the tags that a push adds are not counted.
    /// </summary>
    public int ImageCount => Archives.Sum(archive => archive.ImageCount);

    /// <summary>
    /// The references that a push adds so that the names of modules, packages and plugins can be listed
    /// (<c>host/path/modules:console</c>); none for other plans.
    /// </summary>
    public ImmutableArray<string> DiscoveryTags { get; init; } = [];

    /// <summary>
    /// The id of what the plan has: 64 hex digits, the same for every lock, bundle and target with the same tags
    /// (docs/lock.md#state-id). Security databases do not count.
    /// </summary>
    public string StateId => Mirror.Engine.Plan.StateId.Compute(TaggedImage.In(this));

    /// <summary>What a delta leaves out, for people; <see langword="null"/>: nothing, the plan is whole.</summary>
    internal string? DeltaText => DeltaBase is null ? null
        : $"A delta against state {Mirror.Engine.Plan.StateId.Short(DeltaBase)}: "
            + $"{ItemCount.Format(OmittedBlobs, "layers")} ({ByteCount.Format(OmittedBytes)}) are left out, because "
            + "the target has them.";

    /// <summary>The part of <see cref="StateId"/> that people compare.</summary>
    internal string ShortStateId => Mirror.Engine.Plan.StateId.Short(StateId);

    /// <summary>The size of all archives and other files of the bundle in bytes.</summary>
    public long FileBytes => Archives.Sum(archive => archive.FileBytes) + Files.Sum(file => file.Bytes);

    /// <summary>Bytes of the content: each piece once.</summary>
    public long TransferBytes => Blobs.Sum(blob => blob.Size);

    /// <summary>
    /// Bytes of content that archives in the bundle's folder hold, and that a pull takes from there; 0 without such
    /// archives, and in plans of other verbs.
    /// </summary>
    public long HeldBytes => Held.Sum(blob => blob.Size);

    /// <summary>
    /// Bytes to download: the content without <see cref="HeldBytes"/>. What an interrupted pull left makes it less.
    /// </summary>
    public long DownloadBytes => TransferBytes - HeldBytes;

    /// <summary>
    /// The state id of what the target of a delta is expected to have (docs/delta.md); <see langword="null"/>: the plan
    /// is whole.
    /// </summary>
    public string? DeltaBase { get; init; }

    /// <summary>Layers that a delta leaves out, because the target has them; each layout counts for itself.</summary>
    public int OmittedBlobs => Archives.Sum(archive => archive.OmittedBlobs);

    /// <summary>The bytes of those layers.</summary>
    public long OmittedBytes => Archives.Sum(archive => archive.OmittedBytes);

    /// <summary>
    /// The size of the bundle that a pull without a base would write, in bytes. Only a pull knows it of a delta; in any
    /// other plan it is <see cref="FileBytes"/>.
    /// </summary>
    public long FullBytes =>
        Archives.Sum(archive => archive.Full?.Bytes ?? archive.FileBytes) + Files.Sum(file => file.Bytes);

    /// <summary>Each piece of content once, in the order of transfer: by archive, then by place in it.</summary>
    internal ImmutableArray<PlannedBlob> Blobs { get; init; } = [];

    /// <summary>How many tags <c>install:CHANNEL</c> a push adds to the images.</summary>
    internal int InstallerTags => Archives.Sum(archive =>
        archive.Layouts.Sum(layout => layout.Images.Count(image => image.IsAdded)));

    /// <summary>Those of <see cref="Blobs"/> that archives in the bundle's folder hold.</summary>
    internal ImmutableArray<PlannedBlob> Held { get; init; } = [];

    /// <summary>The tags to write at the target, by stage, repository and tag.</summary>
    internal ImmutableArray<PlannedPublication> Publications { get; init; } = [];

    /// <summary>
    /// Returns one line for humans: images, archives, and how much is to be transferred, without what is here.
    /// </summary>
    /// <returns>The line, for example <c>158 images in 7 archives (1.2 GB), 1.1 GB to transfer</c>.</returns>
    public override string ToString() =>
        $"{Content}, {ByteCount.Format(DownloadBytes)} to transfer";

    /// <summary>What the archives hold, for people: <c>158 images in 7 archives (1.2 GB)</c>.</summary>
    internal string Content => $"{ItemCount.Format(ImageCount, "images")} in "
        + $"{ItemCount.Format(Archives.Length, "archives")} ({ByteCount.Format(FileBytes)})";
}
