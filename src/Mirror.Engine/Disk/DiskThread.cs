using System.Collections.Concurrent;

namespace Mirror.Engine.Disk;

/// <summary>
/// A thread for blocking disk work, in order: on the thread pool it would starve the host's timers and network.
/// </summary>
internal sealed class DiskThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;
    private volatile MirrorException? _failure;

    public DiskThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Queues some work; what it throws is thrown by the task.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            if (_stopping.IsCancellationRequested)
            {
                done.SetCanceled(CancellationToken.None);
                return;
            }

            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>Queues work that nobody awaits, unless some has failed: see <see cref="ThrowIfFailed"/>.</summary>
    public void Post(Action work) => _ = RunAsync(() =>
    {
        try
        {
            if (_failure is null)
            {
                work();
            }
        }
        catch (MirrorException exception)
        {
            _failure = exception;
        }
    });

    /// <summary>Throws what work threw that nobody awaited.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new MirrorException(failure.Faults[0], failure);
        }
    }

    /// <summary>Ends the work that runs, cancels what is queued.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
