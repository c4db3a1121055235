using Mirror.Engine.Errors;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Report.Diff;

/// <summary>A diff in the words that all of its forms share, and as lines for a log.</summary>
internal static class DiffText
{
    /// <summary>How many suspicious moves and archives a log names.</summary>
    private const int ShownLines = 20;

    /// <summary>One line: what changes, and how much of it is new.</summary>
    public static string Headline(MirrorDiff diff)
    {
        string moves = diff.SuspiciousMoves.Length is var moved and > 0
            ? $"{ItemCount.Format(moved, "versions")} moved, which none should; "
            : "";
        return diff.IsEmpty
            ? "The two states are the same"
            : $"{moves}{Tags(diff.Added.Length, diff.Moved.Length, diff.Gone.Length)}; {Bytes(diff.Bytes)}";
    }

    /// <summary>What was compared, for people.</summary>
    public static string Title(MirrorDiff diff) =>
        $"Changes from {diff.From.Kind} {diff.From.Name} to {diff.To.Kind} {diff.To.Name}";

    /// <summary>Tags by what becomes of them.</summary>
    public static string Tags(int added, int moved, int gone) =>
        $"{ItemCount.Format(added, "tags")} new, {moved} moved, {gone} gone";

    /// <summary>Bytes of content, with how sure that is.</summary>
    public static string Bytes(DiffedBytes bytes)
    {
        string unknown = bytes.UnknownImages == 0
            ? ""
            : $", without {ItemCount.Format(bytes.UnknownImages, "images")} of unknown size";
        return bytes.IsExact
            ? $"{ByteCount.Format(bytes.New)} new, {ByteCount.Format(bytes.Known)} already known, "
                + $"{ByteCount.Format(bytes.Gone)} gone"
            : $"at most {ByteCount.Format(bytes.New)} new and {ByteCount.Format(bytes.Gone)} gone{unknown}";
    }

    /// <summary>Versions that are new and gone: <c>new: v1.71.3; gone: v1.69.9</c>.</summary>
    public static string Versions(DiffedArchive archive) => string.Join("; ", new[]
    {
        archive.VersionsAdded.IsEmpty ? "" : $"new: {string.Join(", ", archive.VersionsAdded)}",
        archive.VersionsGone.IsEmpty ? "" : $"gone: {string.Join(", ", archive.VersionsGone)}",
    }.Where(part => part.Length > 0));

    /// <summary>What a note is told for.</summary>
    public static string KindOf(DiffNoteKind kind) => kind switch
    {
        DiffNoteKind.Vulnerability => "vulnerability",
        DiffNoteKind.Impact => "impact",
        DiffNoteKind.Disruption => "disruption",
        DiffNoteKind.MigratedModule => "migrated module",
        _ => "unreadable",
    };

    /// <summary>A requirement: <c>k8s: 1.29 → 1.30</c>.</summary>
    public static string Requirement(DiffedRequirement requirement) => requirement.Was is null
        ? $"{requirement.Name}: {requirement.Value}"
        : $"{requirement.Name}: {requirement.Was} → {requirement.Value ?? "not required"}";

    /// <summary>What became of a tag.</summary>
    public static string ChangeOf(ChangedImage image) =>
        image.Was is null ? "new" : image.Digest is null ? "gone" : "moved";

    /// <summary>Moved tags that are free to, and no channels: installers, plugins, databases.</summary>
    public static ImmutableArray<ChangedImage> OtherMoves(MirrorDiff diff) =>
        [.. diff.Moved.Where(image => !DiffTags.IsFixed(image) && !IsFollowed(image.Tag))];

    /// <summary>All tags in the order in which people look for them: moved, new, gone; components at the end.</summary>
    public static IEnumerable<ChangedImage> InOrder(MirrorDiff diff)
    {
        IEnumerable<ChangedImage> all = diff.Moved.Concat(diff.Added).Concat(diff.Gone);
        return all.Where(image => image.IsNamed).Concat(all.Where(image => !image.IsNamed));
    }

    /// <summary>The diff as lines for a log.</summary>
    public static ImmutableArray<string> Lines(MirrorDiff diff)
    {
        ImmutableArray<ChangedImage> suspicious = diff.SuspiciousMoves;
        return
        [
            $"{Title(diff)}:",
            .. Shown(suspicious, "moves", image =>
                $"  Suspicious: {image.Name} of {image.Archive} moved from {image.Was} to {image.Digest}."),
            .. Shown(diff.Archives, "archives", archive => $"  {Line(archive)}"),
            .. Count("  The vendor names a vulnerability in", "changes", DiffNoteKind.Vulnerability),
            .. Count("  The vendor names an impact of", "changes", DiffNoteKind.Impact),
            .. Count("  Clusters have to approve", "disruptions", DiffNoteKind.Disruption),
            .. diff.Requirements.IsEmpty
                ? (ImmutableArray<string>)[]
                : [$"  {ItemCount.Format(diff.Requirements.Length, "requirements")} changed."],
            $"{Headline(diff)}.",
            $"From {diff.From.StateId} to {diff.To.StateId}; the id of the diff is {diff.Id}.",
        ];

        IEnumerable<string> Count(string text, string nouns, DiffNoteKind kind) =>
            diff.Notes.Count(note => note.Kind == kind) is var count and > 0
                ? [$"{text} {ItemCount.Format(count, nouns)}."]
                : [];
    }

    private static bool IsFollowed(string tag) => ReleaseChannel.IsChannel(tag) || DiffTags.IsAttestation(tag);

    private static string Line(DiffedArchive archive) => string.Join("; ", new[]
    {
        $"{archive.Name}: {Versions(archive)}".TrimEnd(' ', ':'),
        string.Join(", ", archive.Channels),
        Tags(archive.Added, archive.Moved, archive.Gone),
        Bytes(archive.Bytes),
    }.Where(part => part.Length > 0));

    private static IEnumerable<string> Shown<T>(ImmutableArray<T> items, string nouns, Func<T, string> line) =>
    [
        .. items.Take(ShownLines).Select(line),
        .. items.Length > ShownLines ? (ImmutableArray<string>)[$"  and {items.Length - ShownLines} more {nouns}"] : [],
    ];
}
