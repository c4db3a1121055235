namespace Mirror.TestKit.Registry;

/// <summary>Holds answers back until the test says so; nobody sleeps.</summary>
public sealed class RequestGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first request stands at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets everything through, now and later.</summary>
    public void Open() => _opened.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
