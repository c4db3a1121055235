using System.Threading.Channels;
using Mirror.Engine.Events;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// Runs work on the thread pool and hands its events, in order, to the thread that started it. MSBuild refuses what a
/// task logs after it returned; an event that comes after the work has ended is therefore dropped.
/// </summary>
internal sealed class EventPump : IProgress<MirrorEvent>
{
    private readonly Channel<MirrorEvent> _events =
        Channel.CreateUnbounded<MirrorEvent>(new UnboundedChannelOptions { SingleReader = true });

    public void Report(MirrorEvent value) => _events.Writer.TryWrite(value);

    /// <summary>Returns, or throws what the work threw, after the work's last event was written.</summary>
    public void Run(Func<Task> work, Action<MirrorEvent> write)
    {
        Task running = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                _events.Writer.Complete();
            }
        });

        while (_events.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_events.Reader.TryRead(out MirrorEvent? value))
            {
                write(value);
            }
        }

        running.GetAwaiter().GetResult();
    }
}
