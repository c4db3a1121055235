namespace Mirror.Engine;

/// <summary>
/// How far the transfer is. Sent about once in two seconds, and at the end. Those that are lines for a log are
/// milestones: two seconds after the start, then ever further apart, up to a minute, and at the end; the others have
/// the level of requests.
/// </summary>
/// <param name="DoneBytes">Bytes of unique blobs that are complete or under way.</param>
/// <param name="TotalBytes">Bytes of unique blobs in the plan.</param>
/// <param name="DoneBlobs">Blobs that are complete.</param>
/// <param name="TotalBlobs">Blobs in the plan.</param>
/// <param name="Message">One line for people, with rate and time left.</param>
public sealed record TransferProgressed(
    long DoneBytes, long TotalBytes, int DoneBlobs, int TotalBlobs, string Message)
    : MirrorEvent(MirrorEventLevel.Milestone, Message);
