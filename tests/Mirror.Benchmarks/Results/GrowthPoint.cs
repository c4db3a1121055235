using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks.Results;

/// <summary>A size of a line, and what one unit cost there.</summary>
/// <param name="Series">The runs.</param>
/// <param name="SecondsPerUnit">Wall time without that of an empty process, by the number of units.</param>
/// <param name="TimesSmallest">That, as a multiple of the line's smallest size.</param>
/// <param name="SecondsPerFurtherUnit">
/// What each unit more than the size before cost; <see langword="null"/>: it is the smallest, or no larger than that.
/// </param>
internal sealed record GrowthPoint(
    TrialSeries Series, double SecondsPerUnit, double TimesSmallest, double? SecondsPerFurtherUnit)
{
    /// <summary>The points of all lines among the series, in their order.</summary>
    public static IReadOnlyList<GrowthPoint> Of(IReadOnlyList<TrialSeries> all)
    {
        string empty = GrowthTrials.Nothing().Work;
        double start = all.FirstOrDefault(one => one.Trial.Work == empty && one.Runs.Count > 0)?.WallSeconds ?? 0;
        List<GrowthPoint> points = [];
        foreach (IGrouping<string, TrialSeries> line in all
            .Where(one => one.Trial.Size is not null && one.Runs.Count > 0).GroupBy(one => one.Trial.Work))
        {
            TrialSeries[] sizes = [.. line];
            for (int at = 0; at < sizes.Length; at++)
            {
                double perUnit = PerUnit(sizes[at]);
                points.Add(new GrowthPoint(
                    sizes[at], perUnit, perUnit / PerUnit(sizes[0]), at == 0 ? null : Slope(sizes[at - 1], sizes[at])));
            }
        }

        return points;

        double PerUnit(TrialSeries size) => (size.WallSeconds - start) / size.Trial.Size!.Count;
    }

    private static double? Slope(TrialSeries smaller, TrialSeries larger)
    {
        double more = larger.Trial.Size!.Count - smaller.Trial.Size!.Count;
        return more == 0 ? null : (larger.WallSeconds - smaller.WallSeconds) / more;
    }
}
