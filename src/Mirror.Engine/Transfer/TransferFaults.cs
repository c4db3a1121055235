using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

internal static class TransferFaults
{
    private const string RunAgain =
        "Run again; if the problem persists, a proxy on the way or the source's storage is damaged: report it with "
            + "this digest.";

    /// <summary>Whether the bytes that came are to blame, and not the way they came.</summary>
    public static bool IsOfContent(MirrorException failure) => failure.Faults.All(fault =>
        fault.Code is FaultCode.BlobDigestMismatch or FaultCode.BlobSizeMismatch or FaultCode.BlobUnavailable);

    public static Fault ArchivesIncomplete(IReadOnlyCollection<string> archives, int all, int blobs) => new(
        FaultCode.ArchivesIncomplete,
        $"{archives.Count} of {ItemCount.Format(all, "archives")} cannot be completed, for lack of "
            + $"{ItemCount.Format(blobs, "blobs")}: {string.Join(", ", archives)}.",
        "Fix the errors above and run again: everything else was downloaded and is kept for that run. No archive "
            + "has been published yet.");

    public static Fault DigestMismatch(PlannedBlob blob, Digest actual) => new(
        FaultCode.BlobDigestMismatch,
        $"{Name(blob)} has the right size, but its bytes are those of {actual}, twice in a row.",
        RunAgain);

    public static Fault SizeMismatch(PlannedBlob blob, long bytes) => new(
        FaultCode.BlobSizeMismatch,
        $"{Name(blob)} is at least {bytes} bytes long; its manifest says {blob.Size}.",
        RunAgain);

    public static Fault EndsEarly(PlannedBlob blob, long bytes) => new(
        FaultCode.BlobUnavailable,
        $"{Name(blob)} ends at byte {bytes} of {blob.Size}, however often it is asked for.",
        RunAgain);

    private static string Name(PlannedBlob blob) =>
        blob.Repositories is [{ Length: > 0 } repository, ..] ? $"{blob.Digest} in {repository}" : $"{blob.Digest}";
}
