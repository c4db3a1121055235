using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Transfer;

/// <summary>Counts what moves and reports it, sampled: at most one event in two seconds.</summary>
internal sealed class TransferProgress(MirrorPlan plan, TimeProvider time, EventSink events)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly long _totalBytes = plan.TransferBytes;
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private long _lastReport = time.GetTimestamp();
    private long _doneBytes;
    private long _receivedBytes;
    private int _doneBlobs;

    /// <summary>Bytes that came from the source in this run.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    public void Received(int bytes)
    {
        Interlocked.Add(ref _receivedBytes, bytes);
        Interlocked.Add(ref _doneBytes, bytes);
        ReportIfDue();
    }

    /// <summary>Bytes of a blob that were there before, or (negative) that have to come again.</summary>
    public void Held(long bytes) => Interlocked.Add(ref _doneBytes, bytes);

    public void BlobDone(PlannedBlob blob)
    {
        Interlocked.Increment(ref _doneBlobs);
        events.Decision($"{blob.Digest} is stored ({ByteCount.Format(blob.Size)}).");
    }

    /// <summary>Reports the end.</summary>
    public void Report()
    {
        long done = Interlocked.Read(ref _doneBytes);
        int blobs = Volatile.Read(ref _doneBlobs);
        TimeSpan elapsed = time.GetElapsedTime(_start);
        double rate = elapsed > TimeSpan.Zero ? ReceivedBytes / elapsed.TotalSeconds : 0;
        string left = rate > 0 && done < _totalBytes
            ? $", {Duration((_totalBytes - done) / rate)} left"
            : "";
        events.Send(new TransferProgressed(
            done, _totalBytes, blobs, plan.Blobs.Length,
            $"{ByteCount.Format(done)} of {ByteCount.Format(_totalBytes)}, {blobs} of {plan.Blobs.Length} blobs, "
                + $"{ByteCount.Format((long)rate)}/s{left}"));
    }

    private static string Duration(double seconds)
    {
        TimeSpan left = TimeSpan.FromSeconds(double.Min(seconds, TimeSpan.FromDays(99).TotalSeconds));
        return left switch
        {
            { TotalHours: >= 1 } => $"{(int)left.TotalHours}h{left.Minutes:00}m",
            { TotalMinutes: >= 1 } => $"{left.Minutes}m{left.Seconds:00}s",
            _ => $"{left.Seconds}s",
        };
    }

    private void ReportIfDue()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_lastReport) < Interval)
            {
                return;
            }

            _lastReport = time.GetTimestamp();
        }

        Report();
    }
}
