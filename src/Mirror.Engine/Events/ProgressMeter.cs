using Mirror.Engine.Errors;

namespace Mirror.Engine.Events;

/// <summary>
/// Counts what moves or is hashed and reports it, sampled: at most one event in two seconds. Those that a log should
/// show are milestones, ever further apart, up to a minute; the others are of the level of requests.
/// </summary>
internal sealed class ProgressMeter(long totalBytes, int totalItems, string noun, TimeProvider time, EventSink events)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A log gets its next line when the run has become longer by this part.</summary>
    private const double Growth = 0.25;

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private long _lastReport = time.GetTimestamp();
    private TimeSpan _nextLine = Interval;
    private long _doneBytes;
    private long _movedBytes;
    private int _doneItems;

    /// <summary>Bytes that were moved or hashed in this run.</summary>
    public long MovedBytes => Interlocked.Read(ref _movedBytes);

    public void Moved(int bytes)
    {
        Interlocked.Add(ref _movedBytes, bytes);
        Interlocked.Add(ref _doneBytes, bytes);
        ReportIfDue();
    }

    /// <summary>Bytes that were there before, or (negative) that have to come again.</summary>
    public void Held(long bytes) => Interlocked.Add(ref _doneBytes, bytes);

    public void ItemDone() => Interlocked.Increment(ref _doneItems);

    public void Report() => Report(MirrorEventLevel.Milestone);

    /// <summary>Reports the end of work that is complete, also if some of it was done before this meter.</summary>
    public void ReportCompletion()
    {
        Interlocked.Exchange(ref _doneBytes, totalBytes);
        Interlocked.Exchange(ref _doneItems, totalItems);
        Report();
    }

    private void Report(MirrorEventLevel level)
    {
        long done = Interlocked.Read(ref _doneBytes);
        int items = Volatile.Read(ref _doneItems);
        TimeSpan elapsed = time.GetElapsedTime(_start);
        double rate = elapsed > TimeSpan.Zero ? MovedBytes / elapsed.TotalSeconds : 0;
        string left = rate > 0 && done < totalBytes
            ? $", {Duration((totalBytes - done) / rate)} left"
            : "";
        string message = items == totalItems && MovedBytes == 0
            ? Idle
            : $"{ByteCount.Format(done)} of {ByteCount.Format(totalBytes)}, "
                + $"{items} of {ItemCount.Format(totalItems, noun)}, "
                + $"{ByteCount.Format((long)rate)}/s{left}";
        events.Send(new TransferProgressed(done, totalBytes, items, totalItems, noun, message) { Level = level });
    }

    /// <summary>The end of a stage that had nothing to do: numbers of other runs are none of it.</summary>
    private string Idle => totalItems == 0
        ? $"0 B, 0 {noun}: nothing to do."
        : $"0 B moved; {totalItems} of {ItemCount.Format(totalItems, noun)} already there.";

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
        bool isLine;
        lock (_gate)
        {
            if (time.GetElapsedTime(_lastReport) < Interval)
            {
                return;
            }

            _lastReport = time.GetTimestamp();
            TimeSpan elapsed = time.GetElapsedTime(_start);
            isLine = elapsed >= _nextLine;
            if (isLine)
            {
                TimeSpan pause = elapsed * Growth;
                _nextLine = elapsed + (pause < LongestPause ? pause : LongestPause);
            }
        }

        Report(isLine ? MirrorEventLevel.Milestone : MirrorEventLevel.Request);
    }
}
