using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>Copies sealed blobs to their other places, in the background and one after the other.</summary>
internal sealed class BlobCopies(DiskThread thread, Action copied) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();

    public void Add(StoredBlob blob)
    {
        if (blob.HasCopies)
        {
            thread.Post(() =>
            {
                blob.Copy(_closing.Token);
                copied();
            });
        }
    }

    /// <summary>Ends the copy that runs; the thread's owner waits for it.</summary>
    public void Stop() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();
}
