using Mirror.Engine.Errors;

namespace Mirror.Engine.Events;

/// <summary>Something that happened in a run. Front ends show <see cref="Message"/> at <see cref="Level"/>.</summary>
/// <param name="Level">How much detail this is.</param>
/// <param name="Message">One line for people; never holds a secret.</param>
public record MirrorEvent(MirrorEventLevel Level, string Message);

/// <summary>A warning: the run goes on, but not everything is as a user may expect.</summary>
/// <param name="Fault">What it is, with code and advice.</param>
public sealed record WarningRaised(Fault Fault)
    : MirrorEvent(MirrorEventLevel.Warning, $"{Fault.Message} {Fault.Advice}");

/// <summary>How far the transfer is. Sent about once in two seconds, and at the end.</summary>
/// <param name="DoneBytes">Bytes of unique blobs that are complete or under way.</param>
/// <param name="TotalBytes">Bytes of unique blobs in the plan.</param>
/// <param name="DoneBlobs">Blobs that are complete.</param>
/// <param name="TotalBlobs">Blobs in the plan.</param>
/// <param name="Message">One line for people, with rate and time left.</param>
public sealed record TransferProgressed(
    long DoneBytes, long TotalBytes, int DoneBlobs, int TotalBlobs, string Message)
    : MirrorEvent(MirrorEventLevel.Milestone, Message);
