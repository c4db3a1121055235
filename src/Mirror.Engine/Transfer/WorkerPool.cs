using System.Diagnostics.CodeAnalysis;

namespace Mirror.Engine.Transfer;

/// <summary>
/// Workers that empty queues together. The first failure ends them all, and is what the run fails with: there is no
/// partial success.
/// </summary>
internal sealed class WorkerPool(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _failing =
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    private readonly List<Task> _workers = [];
    private MirrorException? _firstFailure;

    /// <summary>Starts workers on one queue.</summary>
    public void Start<T>(int workers, TransferQueue<T> queue, Func<T, CancellationToken, Task> work)
        where T : class
    {
        for (int index = 0; index < workers; index++)
        {
            _workers.Add(WorkAsync(queue, work));
        }
    }

    /// <summary>Waits for all workers.</summary>
    /// <exception cref="MirrorException">What the first failing piece of work threw.</exception>
    public async Task WaitAsync()
    {
        await Task.WhenAll(_workers).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_firstFailure is not null)
        {
            throw _firstFailure;
        }
    }

    public void Dispose() => _failing.Dispose();

    private async Task WorkAsync<T>(TransferQueue<T> queue, Func<T, CancellationToken, Task> work)
        where T : class
    {
        // Start on the pool at once: a worker whose first piece is done already would otherwise run before the others.
        await Task.Yield();
        try
        {
            while (!_failing.IsCancellationRequested && queue.TryTake(out T? piece))
            {
                await work(piece, _failing.Token).ConfigureAwait(false);
            }
        }
        catch (MirrorException failure)
        {
            Interlocked.CompareExchange(ref _firstFailure, failure, null);
            await _failing.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failing.IsCancellationRequested)
        {
            // Another worker's failure, or the caller's wish: both are looked at when all workers have ended.
        }
        catch
        {
            // A defect of ours: the others must not go on for hours before it is told.
            await _failing.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}

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
