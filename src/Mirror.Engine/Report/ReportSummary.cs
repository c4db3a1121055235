using System.Text;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>
/// What a CI system shows of a run beside its log: short, in Markdown, also of a run that failed. Without lists of
/// images, since there are bounds: GitHub takes 1 MiB from each step.
/// </summary>
/// <param name="Headline">One line of plain text.</param>
/// <param name="Markdown">The whole.</param>
/// <param name="HasFailed">Whether the run failed or was cancelled.</param>
internal sealed record ReportSummary(string Headline, string Markdown, bool HasFailed)
{
    public static ReportSummary Create(MirrorPlan plan, BundleChanges? changes) => Make(
        $"Plan of {plan.Source}",
        $"Planned {plan.Content}, {ByteCount.Format(plan.DownloadBytes)} to download",
        plan,
        plan.Notes,
        changes);

    public static ReportSummary Create(MirrorReport report)
    {
        ReportSummary summary = Make(
            report.Title, $"{Work(report)} in {PushSummary.TimeOf(report.Duration)}", report.Plan, report.Warnings,
            report.Changes);
        StringBuilder text = new(summary.Markdown);
        MarkdownSections.AddBelieved(text, report);
        return summary with { Markdown = text.ToString() };
    }

    public static ReportSummary Create(GostRecord record)
    {
        string headline = SumsAreTrue(record.Files.Length, record.Files.Sum(file => file.Bytes));
        return new ReportSummary(headline, $"## GOST sums\n\n{headline}.\n\n", HasFailed: false);
    }

    /// <summary>The headline of a verification of GOST sums.</summary>
    public static string SumsAreTrue(int files, long bytes) =>
        $"The GOST {(files == 1 ? "sum of 1 file is" : $"sums of {files} files are")} true ({ByteCount.Format(bytes)})";

    /// <summary>The summary of a run that failed.</summary>
    public static ReportSummary OfFailure(string run, ImmutableArray<Fault> faults)
    {
        StringBuilder text = new();
        string headline = $"The {run} failed: {faults[0].Code}";
        text.Append($"## {Capital(run)}: failed\n\n");
        AddFaults(text, faults);
        return new ReportSummary(headline, text.ToString(), HasFailed: true);
    }

    /// <summary>The summary of a run that was cancelled.</summary>
    public static ReportSummary OfCancellation(string run) => new(
        $"The {run} was cancelled",
        $"## {Capital(run)}: cancelled\n\nRun it again to finish it; what is there is kept.\n\n",
        HasFailed: true);

    private static ReportSummary Make(
        string title, string headline, MirrorPlan plan, ImmutableArray<Fault> warnings, BundleChanges? changes)
    {
        string count = warnings.IsEmpty ? "" : $", {ItemCount.Format(warnings.Length, "warnings")}";
        StringBuilder text = new();
        text.Append($"## {MarkdownText.Escape(title)}\n\n{MarkdownText.Escape(headline)}{count}.\n\n");
        AddFaults(text, warnings);
        MarkdownSections.AddArchives(text, plan);
        MarkdownSections.AddReleases(text, plan);
        MarkdownSections.AddChanges(text, changes);
        return new ReportSummary(headline + count, text.ToString(), HasFailed: false);
    }

    private static string Work(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Pull => $"Pulled {report.Plan.Content}, {ByteCount.Format(report.TransferredBytes)} downloaded",
        MirrorVerb.Merge => $"Merged {report.Plan.Content}, {ByteCount.Format(report.TransferredBytes)} copied",
        MirrorVerb.Push => $"Pushed {Tags(report)}",
        MirrorVerb.Sync => $"Synced {Tags(report)}",
        _ => $"Verified {report.Plan.Content}",
    };

    private static string Tags(MirrorReport report) =>
        $"{ItemCount.Format(report.Repositories.Sum(repository => repository.Pushed), "tags")} to "
            + $"{report.Plan.Target}, {report.Repositories.Sum(repository => repository.AlreadyThere)} already there, "
            + $"{ByteCount.Format(report.TransferredBytes)} sent";

    private static void AddFaults(StringBuilder text, ImmutableArray<Fault> faults)
    {
        foreach (Fault fault in faults.Take(MarkdownText.Shown))
        {
            text.Append($"- [{fault.Code}]({fault.HelpLink}): {MarkdownText.Escape(fault.Message)} ")
                .Append($"*{MarkdownText.Escape(fault.Advice)}*\n");
        }

        MarkdownSections.AddRest(text, faults.Length - MarkdownText.Shown);
        if (faults.Length > 0)
        {
            text.Append('\n');
        }
    }

    private static string Capital(string run) => char.ToUpperInvariant(run[0]) + run[1..];
}
