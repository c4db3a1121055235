using System.Globalization;

namespace Mirror.Benchmarks.Measuring;

/// <summary>The most memory that a process and its children had resident together, looked at often.</summary>
internal sealed class ResidentMemory(int root)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private long _peak;

    /// <summary>The highest sum seen so far, each process with its own high-water mark.</summary>
    public long PeakBytes => Interlocked.Read(ref _peak);

    /// <summary>Looks until it is cancelled.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => Sampling.RunAsync(
        Interval,
        () => Interlocked.Exchange(ref _peak, Math.Max(_peak, Sum(root.ToString(CultureInfo.InvariantCulture)))),
        cancellationToken);

    private static long Sum(string process)
    {
        try
        {
            string? mark = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            long own = mark is null ? 0 : 1024 * long.Parse(mark[6..^3], CultureInfo.InvariantCulture);
            return own + File.ReadAllText($"/proc/{process}/task/{process}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Sum(Sum);
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return 0;
        }
    }
}
