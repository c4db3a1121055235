namespace Mirror.Benchmarks.Measuring;

/// <summary>What one run of a program took.</summary>
internal sealed record Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, long WrittenBytes)
{
    /// <summary>Requests that registries logged, by method and kind; empty when none was watched.</summary>
    public IReadOnlyDictionary<string, int> Requests { get; init; } = new Dictionary<string, int>();
}
