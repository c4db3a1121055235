using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Blobs in the order of the plan, taken by any number of workers. The look-ahead is bounded by the workers: no blob is
/// started far beyond the first unfinished one, so archives fill from their front.
/// </summary>
internal sealed class TransferQueue(ImmutableArray<PlannedBlob> blobs)
{
    private int _next = -1;

    public bool TryTake([NotNullWhen(true)] out PlannedBlob? blob)
    {
        int index = Interlocked.Increment(ref _next);
        blob = index < blobs.Length ? blobs[index] : null;
        return blob is not null;
    }
}
