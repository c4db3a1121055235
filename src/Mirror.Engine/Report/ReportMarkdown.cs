using System.Globalization;
using System.Text;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as Markdown.</summary>
internal static class ReportMarkdown
{
    public static string Render(MirrorPlan plan, BundleChanges? changes)
    {
        StringBuilder text = new();
        AddHead(text, $"Plan of {plan.Source}", plan, plan.Notes);
        MarkdownSections.AddChanges(text, changes);
        AddImages(text, plan);
        return text.ToString();
    }

    public static string Render(MirrorReport report)
    {
        StringBuilder text = new();
        AddHead(text, report.Title, report.Plan, report.Warnings);
        MarkdownSections.AddChanges(text, report.Changes);
        MarkdownSections.AddBelieved(text, report);
        AddRepositories(text, report);
        text.Append(CultureInfo.InvariantCulture,
            $"{Work(report)} in {report.Duration.TotalSeconds:0.0} s.\n\n");
        AddImages(text, report.Plan);
        return text.ToString();
    }

    public static string Render(GostRecord record)
    {
        StringBuilder text = new();
        text.Append("# GOST sums: ").Append(record.Result).Append("\n\n")
            .Append("Computed by the kernel ").Append(record.Kernel)
            .Append(", finished ").Append(record.Finished.ToString("u", CultureInfo.InvariantCulture)).Append(".\n\n")
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
        MirrorVerb.Pull => $"{ByteCount.Format(report.TransferredBytes)} downloaded with {report.Requests} requests",
        _ => $"{ByteCount.Format(report.TransferredBytes)} sent with {report.Requests} requests",
    };

    private static void AddHead(StringBuilder text, string title, MirrorPlan plan, IEnumerable<Fault> faults)
    {
        text.Append("# ").Append(MarkdownText.Escape(title)).Append("\n\n");
        MarkdownSections.AddArchives(text, plan);
        foreach (Fault fault in faults)
        {
            text.Append("- ").Append(MarkdownText.Escape(fault.ToString())).Append('\n');
        }

        text.Append('\n');
        MarkdownSections.AddReleases(text, plan);
    }

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
            $"\n{report.SentBlobs} blobs ({ByteCount.Format(report.TransferredBytes)}) sent, {report.MountedBlobs} "
                + $"({ByteCount.Format(report.MountedBytes)}) mounted, "
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
