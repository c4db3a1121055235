namespace Mirror.Engine.Tests.Registry;

/// <summary>Gives some bytes, and then breaks or stays silent until it is cancelled.</summary>
internal sealed class BrokenStream(byte[] start, bool isSilent) : MemoryStream(start)
{
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a reader waits in vain.</summary>
    public Task Silent => _silent.Task;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < Length)
        {
            return Read(buffer.Span);
        }

        if (!isSilent)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "cut");
        }

        _silent.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
