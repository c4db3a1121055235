using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles;

/// <summary>Faults that several parts of the bundle share.</summary>
internal static class BundleFaults
{
    private const string CopyAgain = "Copy the archive again from where it was made, or pull it again.";

    /// <summary>More faults of one folder help nobody; the rest is counted.</summary>
    private const int MostFaults = 100;

    /// <summary>The faults of a bundle, as many as somebody may want to read.</summary>
    public static ImmutableArray<Fault> Told(IReadOnlyCollection<Fault> faults) => faults.Count <= MostFaults
        ? [.. faults]
        :
        [
            .. faults.Take(MostFaults),
            new Fault(
                faults.ElementAt(MostFaults).Code,
                $"{ItemCount.Format(faults.Count - MostFaults, "more faults")} found.",
                "Correct those that are named first, and check whether this is the folder that you meant."),
        ];

    public static MirrorException Damaged(string archive, string message) => new(new Fault(
        FaultCode.ArchiveDamaged, $"{archive} is damaged: {message}.", CopyAgain));

    public static MirrorException OtherKind(string archive, OtherFormat format) => new(new Fault(
        FaultCode.ArchiveOfOtherKind, $"{archive} is not a tar archive, but {format.Name}.", format.Advice));

    public static MirrorException Refused(string archive, string message) => new(new Fault(
        FaultCode.ArchiveEntryRefused,
        $"{archive} is not an archive of OCI layouts: {message}",
        "Use only archives that a mirror pull wrote; do not trust this one."));

    public static Fault NoFolder(string directory) => new(
        FaultCode.NoArchives,
        $"The bundle folder '{directory}' does not exist.",
        $"Correct {SettingName.BundleDirectory}, or pull first.");

    public static Fault NoFile(string file) => new(
        FaultCode.NoArchives, $"The archive '{file}' does not exist.", $"Correct {SettingName.Files}.");

    public static Fault NoArchives(string where) => new(
        FaultCode.NoArchives,
        $"There is no archive in '{where}'.",
        $"Name a folder with archives (.tar, or .tar.NNNN.chunk), or single archives in {SettingName.Files}.");

    public static Fault NoArchiveName(string file) => new(
        FaultCode.ArchiveNameUnknown,
        $"'{FoldedName.Shown(file)}' does not have the name of an archive.",
        "Archives end with .tar, chunks with .tar.NNNN.chunk, and names have lower-case letters, digits, '-', '_' and "
            + "dots only. Rename the file, or finish or unpack it first.");

    public static Fault PhantomChunk(string file) => new(
        FaultCode.ArchiveNameUnknown,
        $"'{FoldedName.Shown(file)}' looks like a chunk, but no version of d8 or of this mirror writes such a name.",
        "Rename the chunks of a set to <archive>.tar.0000.chunk, .0001.chunk and so on, in their order.");

    public static Fault Ambiguous(string archive, int chunks) => new(
        FaultCode.ArchiveAmbiguous,
        $"{archive} is there as one file and as {ItemCount.Format(chunks, "chunks")}, and it is unclear which of them "
            + "is newer.",
        "Remove the outdated form.");

    public static Fault TwoOfOneName(string archive, string first, string second) => new(
        FaultCode.ArchiveAmbiguous,
        $"{archive} is given twice: in '{first}' and in '{second}'.",
        "Give the archives of one bundle only.");

    public static Fault ChunksMissing(string archive, ImmutableArray<int> numbers)
    {
        string shown = string.Join(", ", numbers.Take(10).Select(number => $"{number:0000}"));
        string more = numbers.Length > 10 ? $" and {numbers.Length - 10} more" : "";
        return new Fault(
            FaultCode.ChunkMissing,
            $"{archive} is missing the chunks {shown}{more}.",
            "Copy the missing chunks next to the others.");
    }

    public static Fault Unfinished(string directory) => new(
        FaultCode.BundleUnfinished,
        $"A pull into '{directory}' stopped while it published its archives.",
        "Run that pull again: it completes the publication without downloading.");

    public static Fault Staged(string file) => new(
        FaultCode.BundleUnfinished,
        $"'{FoldedName.Shown(file)}' was left by an interrupted pull.",
        "Run that pull again, or remove the file if you do not need the archive.");

    public static Fault StrangeParts(string directory, ImmutableArray<string> files) => new(
        FaultCode.UnfinishedArchives,
        $"The bundle folder '{directory}' has unfinished archives that are not in this plan and that no journal shows "
            + $"to be ours; they are kept unchanged: {string.Join(", ", files)}.",
        "Remove them if you do not need them: a push of the folder refuses them.");

    public static Fault NoRoomToKeep(string directory, ImmutableArray<string> archives) => new(
        FaultCode.UnfinishedDropped,
        $"The volume of '{directory}' has no room to take over what an earlier, other plan fetched for "
            + $"{string.Join(", ", archives)}: it is fetched again.",
        "No action is required. With more free space, blobs that both plans have are kept.");

    public static Fault Tail(StoredArchive archive) => new(
        FaultCode.ArchiveTail,
        $"{archive.Label} continues after its end-of-archive marker; what follows is not read.",
        archive.IsChunked
            ? "If chunks of an older, longer set remain in the folder, remove those with the highest numbers."
            : "Copy the archive again if it should be complete without the rest.");

    public static Fault EndShort(StoredArchive archive) => new(
        FaultCode.ArchiveEndShort,
        $"{archive.Label} has half an end-of-archive marker; all entries before it are complete.",
        "Copy the archive again if it should be longer.");

    public static Fault TagTwice(string archive, string layout, ImageContent earlier, ImageContent later) => new(
        FaultCode.TagListedTwice,
        $"{archive} has the tag {layout}:{later.ShortTag} twice: for {earlier.Digest} and for {later.Digest}, which "
            + "counts because it comes last.",
        "Pull again if that is not the image that you want.");

    public static Fault ContentDamaged(string archive, string entry, Digest actual, string neededBy) => new(
        FaultCode.ContentDamaged,
        $"{archive} is damaged: {entry} holds the content of {actual}, and {neededBy}.",
        CopyAgain);

    public static Fault KeptDamaged(string archive, string what) => new(
        FaultCode.ContentDamaged,
        $"{archive} was to be kept, but is damaged: {what}.",
        "Delete the archive with its .json file and pull again; a verify run reports all damage.");

    public static Fault DurableDamaged(string directory, int blobs, long bytes) => new(
        FaultCode.DurableContentChanged,
        $"{blobs} {(blobs == 1 ? "blob" : "blobs")} ({ByteCount.Format(bytes)}) that an interrupted pull had flushed "
            + $"to '{directory}' changed on the disk since; verified content has replaced what changed.",
        "Check the disk, and who else can write to the folder.");

    public static Fault LayoutMalformed(string archive, string layout, string message) => new(
        FaultCode.LayoutMalformed,
        $"{archive} has an unusable layout {(layout.Length == 0 ? "at its root" : $"'{layout}'")}: {message}.",
        "Pull it again, or with the tool that made it; nothing of it can be trusted to be complete.");

    public static Fault ContentMissing(string archive, string entry, string neededBy, string what) => new(
        FaultCode.ContentMissing, $"{archive} is not complete: {entry} {what}, and {neededBy} needs it.", CopyAgain);
}
