using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Work in the order of the plan, taken by any number of workers. The look-ahead is bounded by the workers: nothing is
/// started far beyond the first unfinished piece, so archives fill from their front.
/// </summary>
internal sealed class TransferQueue<T>(IReadOnlyList<T> work)
    where T : class
{
    private int _next = -1;

    public bool TryTake([NotNullWhen(true)] out T? piece)
    {
        int index = Interlocked.Increment(ref _next);
        piece = index < work.Count ? work[index] : null;
        return piece is not null;
    }
}
