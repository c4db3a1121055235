namespace Mirror.Benchmarks.Measuring;

/// <summary>What one run of a program took.</summary>
internal sealed record Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, long WrittenBytes)
{
    /// <summary>
    /// The most bytes of disk that the run's own folders took; <see langword="null"/>: it has none.
    /// </summary>
    public long? PeakDiskBytes { get; init; }

    /// <summary>Requests that registries logged, by method and kind; empty when none was watched.</summary>
    public IReadOnlyDictionary<string, int> Requests { get; init; } = new Dictionary<string, int>();
}
