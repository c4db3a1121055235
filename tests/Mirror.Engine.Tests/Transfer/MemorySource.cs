using System.Collections.Concurrent;
using Mirror.Engine.Plan;
using Mirror.Engine.Transfer;

namespace Mirror.Engine.Tests.Transfer;

/// <summary>A source whose answers are a function; remembers what was asked.</summary>
internal sealed class MemorySource(Func<PlannedBlob, long, CancellationToken, Task<Stream>> open) : IContentSource
{
    private readonly ConcurrentQueue<(char Blob, long Offset)> _asked = new();

    public IReadOnlyList<(char Blob, long Offset)> Asked => [.. _asked];

    /// <summary>Answers in turn; the last one again and again.</summary>
    public static MemorySource InTurn(params Func<long, Stream>[] answers)
    {
        int next = -1;
        return new MemorySource((_, offset, _) => Task.FromResult(
            answers[int.Min(Interlocked.Increment(ref next), answers.Length - 1)](offset)));
    }

    public static MirrorException Broken() => new(new Fault(FaultCode.ConnectionBroken, "Broken.", "Wait."));

    public async ValueTask<Stream> OpenAsync(PlannedBlob blob, long offset, CancellationToken cancellationToken)
    {
        _asked.Enqueue((blob.Repositories[0][0], offset));
        return await open(blob, offset, cancellationToken);
    }

    public bool IsOfOneBlob(MirrorException failure) => MayContinueAfter(failure)
        || failure.Faults.All(fault => fault.Code == FaultCode.BlobUnavailable);

    public Fault Mismatch(PlannedBlob blob, Digest actual) => TransferFaults.DigestMismatch(blob, actual);

    public bool MayContinueAfter(MirrorException failure) =>
        failure.Faults.All(fault => fault.Code == FaultCode.ConnectionBroken);
}
