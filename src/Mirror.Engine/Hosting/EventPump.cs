using System.Threading.Channels;

namespace Mirror.Engine.Hosting;

/// <summary>
/// Runs work on the thread pool and hands its events, in order, to the caller: build tools refuse, or mix up,
/// what is logged from other threads or after the end. An event that comes after the work has ended is dropped.
/// </summary>
internal sealed class EventPump : IProgress<MirrorEvent>
{
    private readonly Channel<MirrorEvent> _events =
        Channel.CreateUnbounded<MirrorEvent>(new UnboundedChannelOptions { SingleReader = true });

    public void Report(MirrorEvent value) => _events.Writer.TryWrite(value);

    /// <summary>
    /// Returns, or throws what the work threw, after the work's last event was written. Events are written on the
    /// calling thread.
    /// </summary>
    public T Run<T>(Func<Task<T>> work, Action<MirrorEvent> write)
    {
        Task<T> running = Start(work);
        while (_events.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Drain(write);
        }

        return running.GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Run{T}"/>, without holding a thread; events are written one after the other.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, Action<MirrorEvent> write)
    {
        Task<T> running = Start(work);
        while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Drain(write);
        }

        return await running.ConfigureAwait(false);
    }

    private Task<T> Start<T>(Func<Task<T>> work) => Task.Run(async () =>
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _events.Writer.Complete();
        }
    });

    private void Drain(Action<MirrorEvent> write)
    {
        while (_events.Reader.TryRead(out MirrorEvent? value))
        {
            write(value);
        }
    }
}
