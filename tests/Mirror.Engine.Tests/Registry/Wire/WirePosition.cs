namespace Mirror.Engine.Tests.Registry.Wire;

/// <summary>How far the client has read a blob: a server that breaks off waits for it.</summary>
internal sealed class WirePosition
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewSignal();
    private long _reached;

    public void Reach(long position)
    {
        lock (_gate)
        {
            _reached = position;
            _moved.SetResult();
            _moved = NewSignal();
        }
    }

    public async Task UntilAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_reached >= position)
                {
                    return;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
