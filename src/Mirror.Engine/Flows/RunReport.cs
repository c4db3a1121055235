using Mirror.Engine.Events;
using Mirror.Engine.Report;

namespace Mirror.Engine.Flows;

/// <summary>
/// What remains of a run that succeeded: the file that was asked for, and a summary for the host.
/// </summary>
internal sealed class RunReport(EngineParts parts, EventSink events)
{
    /// <summary>Writes the file and sends the summary.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005: the file cannot be written.</exception>
    public void Write(string? file, MirrorReport report)
    {
        if (!string.IsNullOrEmpty(file))
        {
            ReportFile.Write(parts.Disk, file, ReportFile.Render(file, report));
        }

        Send(ReportSummary.Create(report));
    }

    /// <summary>Writes the file and sends the summary.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005: the file cannot be written.</exception>
    public void Write(string? file, MirrorPlan plan, BundleChanges? changes)
    {
        if (!string.IsNullOrEmpty(file))
        {
            ReportFile.Write(parts.Disk, file, ReportFile.Render(file, plan, changes));
        }

        Send(ReportSummary.Create(plan, changes));
    }

    /// <summary>Sends the summary; the file is written also when sums are wrong.</summary>
    public void Send(GostReport report) => Send(ReportSummary.Create(report));

    private void Send(ReportSummary summary) => events.Send(new RunSummarized(summary));
}
