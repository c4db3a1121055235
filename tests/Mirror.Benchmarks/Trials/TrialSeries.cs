using Mirror.Benchmarks.Measuring;

namespace Mirror.Benchmarks.Trials;

/// <summary>What the runs of a trial took.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Runs">Its runs, in order.</param>
/// <param name="Failure">What a peer said that could not do the work; <see langword="null"/>: it could.</param>
internal sealed record TrialSeries(Trial Trial, IReadOnlyList<Measurement> Runs, string? Failure = null)
{
    public double WallSeconds => Median(run => run.Wall.TotalSeconds);

    public double FastestSeconds => Runs.Min(run => run.Wall.TotalSeconds);

    public double SlowestSeconds => Runs.Max(run => run.Wall.TotalSeconds);

    public double CpuSeconds => Median(run => run.Cpu.TotalSeconds);

    public double PeakBytes => Median(run => run.PeakBytes);

    public double WrittenBytes => Median(run => run.WrittenBytes);

    /// <summary><see langword="null"/>: its runs had no folder of their own.</summary>
    public double? PeakDiskBytes =>
        Runs.All(run => run.PeakDiskBytes is null) ? null : Median(run => run.PeakDiskBytes ?? 0);

    /// <summary>Requests of the last run, by method and kind.</summary>
    public IReadOnlyDictionary<string, int> Requests => Runs[^1].Requests;

    private double Median(Func<Measurement, double> value)
    {
        double[] sorted = [.. Runs.Select(value).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
