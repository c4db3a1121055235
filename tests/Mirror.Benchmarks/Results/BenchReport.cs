using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks.Results;

/// <summary>Everything that was measured, and on what.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Source">The source of most works; <see langword="null"/>: none of them was asked for.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Series">The runs.</param>
/// <param name="LeftOut">What was asked for and not done, with the reason.</param>
internal sealed record BenchReport(
    BenchMachine Machine,
    SourceFacts? Source,
    BenchOptions Options,
    IReadOnlyList<TrialSeries> Series,
    IReadOnlyList<string> LeftOut)
{
    /// <summary>The points of all lines of growth.</summary>
    public IReadOnlyList<GrowthPoint> Growth { get; } = GrowthPoint.Of(Series);

    /// <summary>
    /// How many times the time of the work's trial of that role a trial took; <see langword="null"/>: there is none, or
    /// one of the two did not run.
    /// </summary>
    public double? Ratio(TrialSeries series, TrialRole to)
    {
        TrialSeries? other = Series.FirstOrDefault(one => one.Trial.Work == series.Trial.Work && one.Trial.Role == to);
        return other is null || other.Runs.Count == 0 || series.Runs.Count == 0
            ? null
            : series.WallSeconds / other.WallSeconds;
    }
}
