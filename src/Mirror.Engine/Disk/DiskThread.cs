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

    /// <summary>Queues some work; what it throws is thrown by the task.</summary>
    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

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
