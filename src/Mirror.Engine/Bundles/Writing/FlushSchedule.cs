using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// Flushes in batches, on a thread of its own: when 64 MiB were written since the last time, or a second ago. Driven by
/// writes, so nothing keeps a process alive that does nothing.
/// </summary>
internal sealed class FlushSchedule(TimeProvider time, Action flush) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private readonly DiskThread _thread = new("bundle flush");
    private long _bytes;
    private long _last = time.GetTimestamp();
    private int _isQueued;
    private int _isStopped;

    /// <summary>Tells of bytes that were written; throws what an earlier flush threw.</summary>
    public void Wrote(int bytes)
    {
        _thread.ThrowIfFailed();
        bool isDue = Interlocked.Add(ref _bytes, bytes) >= MostBytes
            || time.GetElapsedTime(Interlocked.Read(ref _last)) >= MostTime;
        if (isDue && Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            _thread.Post(Flush);
        }
    }

    /// <summary>Waits for a flush that runs, and throws what the last one threw. Only when nothing writes.</summary>
    public void Complete()
    {
        Dispose();
        _thread.ThrowIfFailed();
    }

    /// <summary>Waits for a flush that runs; there are no more. Only when nothing writes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            _thread.Dispose();
        }
    }

    private void Flush()
    {
        Interlocked.Exchange(ref _bytes, 0);
        Interlocked.Exchange(ref _last, time.GetTimestamp());
        Interlocked.Exchange(ref _isQueued, 0);
        flush();
    }
}
