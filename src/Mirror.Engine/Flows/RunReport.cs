using Mirror.Engine.Events;
using Mirror.Engine.Report;

namespace Mirror.Engine.Flows;

/// <summary>
/// What remains of a run that succeeded: the file that was asked for, and a summary where CI shows one.
/// </summary>
internal sealed class RunReport(EngineParts parts, EventSink events)
{
    private readonly JobSummary _summary = new(parts, events);

    /// <summary>Writes both.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005: the file cannot be written.</exception>
    public void Write(string? file, MirrorReport report)
    {
        if (!string.IsNullOrEmpty(file))
        {
            ReportFile.Write(parts.Disk, file, ReportFile.Render(file, report));
        }

        _summary.Show(ReportSummary.Of(report));
    }

    /// <summary>Writes both.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005: the file cannot be written.</exception>
    public void Write(string? file, MirrorPlan plan, BundleChanges? changes)
    {
        if (!string.IsNullOrEmpty(file))
        {
            ReportFile.Write(parts.Disk, file, ReportFile.Render(file, plan, changes));
        }

        _summary.Show(ReportSummary.Of(plan, changes));
    }

    /// <summary>Shows the summary; the file is written also when sums are wrong.</summary>
    public void Show(GostReport report) => _summary.Show(ReportSummary.Of(report));
}
