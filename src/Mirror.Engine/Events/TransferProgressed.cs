namespace Mirror.Engine;

/// <summary>
/// How far a stage of the run is: the transfer of blobs, their verification, or the GOST checksums of files. Sent about
/// once in two seconds, and at the end of the stage. Those that are lines for a log are milestones: two seconds after
/// the start, then ever further apart, up to a minute, and at the end; the others have the level of requests.
/// </summary>
/// <param name="DoneBytes">Bytes that were moved or hashed; those that were there before are included.</param>
/// <param name="TotalBytes">All bytes of the stage.</param>
/// <param name="DoneItems">Items that are complete.</param>
/// <param name="TotalItems">All items of the stage.</param>
/// <param name="Noun">What the items are, in the plural: <c>blobs</c> or <c>files</c>.</param>
/// <param name="Message">One line for humans, with rate and time left.</param>
public sealed record TransferProgressed(
    long DoneBytes, long TotalBytes, int DoneItems, int TotalItems, string Noun, string Message)
    : MirrorEvent(MirrorEventLevel.Milestone, Message);
