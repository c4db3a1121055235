using System.Globalization;
using System.Text;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as Markdown.</summary>
internal static class ReportMarkdown
{
    /// <summary>The record of a run that has no more to tell than how it ended.</summary>
    public static string Render(RunOutcome outcome)
    {
        StringBuilder text = new();
        AddOutcome(text, Capital(VerbNames.Noun(outcome.Verb)), outcome);
        return text.ToString();
    }

    public static string Render(RunOutcome outcome, MirrorPlan plan, BundleChanges? changes)
    {
        StringBuilder text = new();
        AddOutcome(text, $"Plan of {plan.Source}", outcome);
        AddPlan(text, plan, plan.Notes);
        MarkdownSections.AddChanges(text, changes);
        AddImages(text, plan);
        return text.ToString();
    }

    public static string Render(RunOutcome outcome, MirrorReport report)
    {
        StringBuilder text = new();
        AddOutcome(text, report.Title, outcome);
        AddPlan(text, report.Plan, report.Warnings);
        MarkdownSections.AddChanges(text, report.Changes);
        MarkdownSections.AddBelieved(text, report);
        AddRepositories(text, report);
        text.Append($"{Work(report)} in {SecondCount.Format(report.Duration)}.\n\n");
        AddImages(text, report.Plan);
        return text.ToString();
    }

    public static string Render(RunOutcome outcome, GostRecord record)
    {
        StringBuilder text = new();
        AddOutcome(text, "GOST sums", outcome);
        text.Append("Computed by the kernel ").Append(record.Kernel).Append(".\n\n")
            .Append("| file | size | result | GOST R 34.11-2012, 256 bits |\n|---|---:|---|---|\n");
        foreach (GostRecordFile file in record.Files)
        {
            text.AddRow(
                file.Name,
                ByteCount.Format(file.Bytes),
                file.Code is null ? file.Result : $"{file.Result}, {file.Code}",
                file.Actual ?? "");
        }

        return text.ToString();
    }

    private static string Work(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Verify => $"{ByteCount.Format(report.TransferredBytes)} hashed",
        MirrorVerb.Merge => $"{ByteCount.Format(report.TransferredBytes)} copied",
        MirrorVerb.Pull => $"{ByteCount.Format(report.TransferredBytes)} downloaded with "
            + ItemCount.Format(report.Requests, "requests"),
        _ => $"{ByteCount.Format(report.TransferredBytes)} sent with "
            + ItemCount.Format(report.Requests, "requests"),
    };

    /// <summary>What every record begins with; <c>Verb</c> is where the next run finds whose file it is.</summary>
    public static void AddOutcome(StringBuilder text, string title, RunOutcome outcome)
    {
        text.Append("# ").Append(MarkdownText.Escape(title)).Append("\n\n");
        text.Append("- Result: ").Append(outcome.ResultWord).Append('\n');
        text.Append("- Verb: ").Append(VerbNames.Word(outcome.Verb)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"- Started: {outcome.Started:u}\n");
        text.Append(CultureInfo.InvariantCulture, $"- Finished: {outcome.Finished:u}\n");
        text.Append("- Tool: Deckhouse Mirror ").Append(MarkdownText.Escape(outcome.Version)).Append("\n\n");
        AddFaults(text, "Errors", outcome.Faults);
        AddFaults(text, "Warnings", outcome.Warnings);
    }

    public static void AddFaults(StringBuilder text, string heading, ImmutableArray<Fault> faults)
    {
        if (!faults.IsEmpty)
        {
            text.Append(heading).Append(":\n\n");
            AddList(text, faults);
        }
    }

    private static void AddList(StringBuilder text, ImmutableArray<Fault> faults)
    {
        foreach (Fault fault in faults)
        {
            text.Append("- ").Append(MarkdownText.Escape(fault.ToString())).Append('\n');
        }

        text.Append('\n');
    }

    private static void AddPlan(StringBuilder text, MirrorPlan plan, ImmutableArray<Fault> faults)
    {
        MarkdownSections.AddArchives(text, plan);
        AddList(text, faults);
        MarkdownSections.AddReleases(text, plan);
    }

    private static string Capital(string noun) => char.ToUpperInvariant(noun[0]) + noun[1..];

    private static void AddRepositories(StringBuilder text, MirrorReport report)
    {
        if (report.Repositories.IsEmpty)
        {
            return;
        }

        text.Append("| repository | pushed | already there |\n|---|---:|---:|\n");
        foreach (ReportedRepository repository in report.Repositories)
        {
            text.AddRow(repository.Repository, $"{repository.Pushed}", $"{repository.AlreadyThere}");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"\n{ItemCount.Format(report.SentBlobs, "blobs")} ({ByteCount.Format(report.TransferredBytes)}) sent, "
                + $"{report.MountedBlobs} ({ByteCount.Format(report.MountedBytes)}) mounted, "
                + $"{report.AlreadyThereBlobs} ({ByteCount.Format(report.AlreadyThereBytes)}) already there.\n\n");
    }

    private static void AddImages(StringBuilder text, MirrorPlan plan)
    {
        foreach (PlannedArchive archive in plan.Archives)
        {
            text.Append("## ").Append(MarkdownText.Escape(archive.Name))
                .Append("\n\n| image | digest | why |\n|---|---|---|\n");
            foreach (PlannedImage image in archive.Layouts.SelectMany(layout => layout.Images))
            {
                text.AddRow($"{image.Repository}:{image.Tag}", image.Digest.ToString(), image.Reason);
            }

            text.Append('\n');
        }
    }
}
