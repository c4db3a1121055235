using System.Globalization;
using System.Text;
using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks.Results;

/// <summary>The report as it stands in docs/performance.md.</summary>
internal static class ReportMarkdown
{
    private const int ShownCharacters = 160;
    private const double Megabyte = 1_000_000;

    public static string Write(BenchReport report)
    {
        StringBuilder text = new();
        BenchMachine machine = report.Machine;
        string command = report.Options.IsQuick ? "./build.sh bench --quick" : "./build.sh bench";
        Line(text, $"Measured {machine.Date:yyyy-MM-dd} with `{command}`.");
        Line(text, "");
        Line(text, $"- Machine: {machine.Processor}, {machine.Processors} processors, "
            + $"{machine.MemoryBytes / Megabyte / 1000:0} GB of memory, {machine.FileSystem}; {machine.System}.");
        Line(text, $"- Versions: {string.Join("; ", machine.Versions.Select(one => $"{one.Key}: {one.Value}"))}.");
        Line(text, $"- Not installed: {(machine.Absent.Count == 0 ? "nothing" : string.Join(", ", machine.Absent))}.");
        if (report.Source is not null)
        {
            Line(text, $"- Source: {report.Source}.");
        }

        foreach (string work in report.LeftOut)
        {
            Line(text, $"- Left out: {work}.");
        }

        Line(text, "");
        Line(text, "Wall time is the median, with the fastest and the slowest run behind it; the rest are medians.");
        Line(text, "");
        Line(text, "| work | by | runs | wall, s | x floor | x mirror | MB/s | CPU, s | peak MB | written MB "
            + "| peak disk MB | requests |");
        Line(text, "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (TrialSeries series in report.Series)
        {
            Line(text, Row(report, series));
        }

        if (report.Growth.Count > 0)
        {
            GrowthMarkdown.Append(text, report.Growth);
        }

        TrialSeries[] watched = [.. report.Series.Where(one => one.Runs.Count > 0 && one.Requests.Count > 0)];
        if (watched.Length > 0)
        {
            AppendRequests(text, watched);
        }

        return text.ToString();
    }

    private static void AppendRequests(StringBuilder text, TrialSeries[] watched)
    {
        Line(text, "");
        Line(text, "Requests by kind, in the last run of each:");
        Line(text, "");
        Line(text, "| work | by | requests |");
        Line(text, "|---|---|---|");
        foreach (TrialSeries series in watched)
        {
            string kinds = string.Join(", ", series.Requests.Select(kind => $"{kind.Key} {kind.Value}"));
            Line(text, $"| {series.Trial.Work} | {series.Trial.Name} | {kinds} |");
        }
    }

    private static string Row(BenchReport report, TrialSeries series)
    {
        Trial trial = series.Trial;
        if (series.Failure is { } failure)
        {
            string reason = failure.ReplaceLineEndings(" ").Replace('|', '/');
            string start = reason[..Math.Min(reason.Length, ShownCharacters)];
            return $"| {trial.Work} | {trial.Name} | 0 | failed: {start} | | | | | | | | |";
        }

        if (series.Runs.Count == 0)
        {
            return $"| {trial.Work} | {trial.Name} | 0 | not run | | | | | | | | |";
        }

        string speed = trial.PayloadBytes == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{trial.PayloadBytes / Megabyte / series.WallSeconds:0}");
        string requests = series.Requests.Count == 0 ? "" : $"{series.Requests.Values.Sum()}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {trial.Work} | {trial.Name} | {series.Runs.Count} "
                + $"| {series.WallSeconds:0.00} ({series.FastestSeconds:0.00} to {series.SlowestSeconds:0.00}) "
                + $"| {report.Ratio(series, TrialRole.Floor):0.00} | {report.Ratio(series, TrialRole.Ours):0.00} "
                + $"| {speed} "
                + $"| {series.CpuSeconds:0.00} | {series.PeakBytes / Megabyte:0} | {series.WrittenBytes / Megabyte:0} "
                + $"| {series.PeakDiskBytes / Megabyte:0} | {requests} |");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
