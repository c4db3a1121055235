using System.Globalization;
using System.Text;
using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks.Results;

/// <summary>The table of growth.</summary>
internal static class GrowthMarkdown
{
    private const double Megabyte = 1_000_000;

    public static void Append(StringBuilder text, IReadOnlyList<GrowthPoint> points)
    {
        text.Append("\nGrowth: wall time without that of an empty process, by image or by GB; \"each further\" is what")
            .Append(" every image or GB more than in the row above took.\n\n")
            .Append("| work | by | wall, s | per unit | x smallest | each further | CPU, s | peak MB |\n")
            .Append("|---|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (GrowthPoint point in points)
        {
            TrialSeries series = point.Series;
            GrowthUnit unit = series.Trial.Size!.Unit;
            string further = point.SecondsPerFurtherUnit is { } seconds ? Figure(unit, seconds) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {series.Trial.Work} | {series.Trial.Name} ")
                .Append(CultureInfo.InvariantCulture, $"| {series.WallSeconds:0.00} ")
                .Append(CultureInfo.InvariantCulture, $"| {Figure(unit, point.SecondsPerUnit)} ")
                .Append(CultureInfo.InvariantCulture, $"| {point.TimesSmallest:0.00} | {further} ")
                .Append(CultureInfo.InvariantCulture, $"| {series.CpuSeconds:0.00} ")
                .Append(CultureInfo.InvariantCulture, $"| {series.PeakBytes / Megabyte:0} |\n");
        }
    }

    private static string Figure(GrowthUnit unit, double seconds) => unit == GrowthUnit.Image
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.00} ms per image")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s per GB");
}
