using System.Text.Json;
using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks.Results;

/// <summary>The report for programs: every single run.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(BenchReport report) => JsonSerializer.Serialize(
        new
        {
            report.Machine,
            report.Source,
            Options = new { report.Options.IsQuick, report.Options.Source, report.Options.SmallSource },
            report.LeftOut,
            Growth = report.Growth.Select(point => new
            {
                point.Series.Trial.Work,
                By = point.Series.Trial.Name,
                Unit = point.Series.Trial.Size!.Unit.ToString(),
                point.Series.Trial.Size.Count,
                point.SecondsPerUnit,
                point.TimesSmallest,
                point.SecondsPerFurtherUnit,
            }),
            Series = report.Series.Select(series => new
            {
                series.Trial.Work,
                By = series.Trial.Name,
                Role = series.Trial.Role.ToString(),
                series.Trial.PayloadBytes,
                series.Failure,
                WallSeconds = series.Runs.Count == 0 ? (double?)null : series.WallSeconds,
                TimesFloor = report.Ratio(series, TrialRole.Floor),
                TimesMirror = report.Ratio(series, TrialRole.Ours),
                Runs = series.Runs.Select(run => new
                {
                    WallSeconds = run.Wall.TotalSeconds,
                    CpuSeconds = run.Cpu.TotalSeconds,
                    run.PeakBytes,
                    run.WrittenBytes,
                    run.PeakDiskBytes,
                    run.Requests,
                }),
            }),
        },
        Form);
}
