using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>Copies sealed blobs to their other places, in the background and one after the other.</summary>
/// <param name="thread">Where the work is done.</param>
/// <param name="copied">Called after each blob.</param>
internal sealed class BlobCopies(DiskThread thread, Action copied) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private volatile MirrorException? _failure;

    /// <summary>Copies a blob, if there is a place that lacks it.</summary>
    public void Add(StoredBlob blob)
    {
        if (blob.HasCopies)
        {
            _ = thread.RunAsync(() => Copy(blob));
        }
    }

    /// <summary>Throws what a copy threw: nobody awaits one.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new MirrorException(failure.Faults[0], failure);
        }
    }

    /// <summary>Ends the copy that runs; the thread's owner waits for it.</summary>
    public void Stop() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    private void Copy(StoredBlob blob)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            blob.Copy(_closing.Token);
            copied();
        }
        catch (MirrorException exception)
        {
            _failure = exception;
        }
    }
}
