using System.Globalization;
using System.Text;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as Markdown.</summary>
internal static class ReportMarkdown
{
    public static string Of(MirrorPlan plan)
    {
        StringBuilder text = new();
        WriteArchives(text, $"Plan of {plan.Source}", plan, plan.Notes);
        WriteImages(text, plan);
        return text.ToString();
    }

    public static string Of(MirrorReport report)
    {
        StringBuilder text = new();
        WriteArchives(text, report.Title, report.Plan, report.Warnings);
        WriteRepositories(text, report);
        text.Append(CultureInfo.InvariantCulture,
            $"{ByteCount.Format(report.TransferredBytes)} moved with {report.Requests} requests in ");
        text.Append(CultureInfo.InvariantCulture, $"{report.Duration.TotalSeconds:0.0} s.\n\n");
        WriteImages(text, report.Plan);
        return text.ToString();
    }

    public static string Of(GostRecord record)
    {
        StringBuilder text = new();
        text.Append("# GOST sums: ").Append(record.Result).Append("\n\n")
            .Append("Computed by the kernel ").Append(record.Kernel)
            .Append(", finished ").Append(record.Finished.ToString("u", CultureInfo.InvariantCulture)).Append(".\n\n")
            .Append("| file | size | result | GOST R 34.11-2012, 256 bits |\n|---|---:|---|---|\n");
        foreach (GostRecordFile file in record.Files)
        {
            text.Append("| ").Append(file.Name)
                .Append(" | ").Append(ByteCount.Format(file.Bytes))
                .Append(" | ").Append(file.Code is null ? file.Result : $"{file.Result}, {file.Code}")
                .Append(" | ").Append(file.Actual).Append(" |\n");
        }

        return text.ToString();
    }

    private static void WriteRepositories(StringBuilder text, MirrorReport report)
    {
        if (report.Repositories.IsEmpty)
        {
            return;
        }

        text.Append("| repository | pushed | already there |\n|---|---:|---:|\n");
        foreach (ReportedRepository repository in report.Repositories)
        {
            text.Append("| ").Append(repository.Repository)
                .Append(" | ").Append(repository.Pushed)
                .Append(" | ").Append(repository.AlreadyThere).Append(" |\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"\n{report.SentBlobs} blobs ({ByteCount.Format(report.TransferredBytes)}) sent, {report.MountedBlobs} "
                + $"({ByteCount.Format(report.MountedBytes)}) mounted, "
                + $"{report.AlreadyThereBlobs} ({ByteCount.Format(report.AlreadyThereBytes)}) already there.\n\n");
    }

    private static void WriteArchives(StringBuilder text, string title, MirrorPlan plan, IEnumerable<Fault> faults)
    {
        text.Append("# ").Append(title).Append("\n\n| archive | images | size |\n|---|---:|---:|\n");
        foreach (PlannedArchive archive in plan.Archives)
        {
            Row(archive.Name, $"{archive.ImageCount}", archive.FileBytes);
        }

        foreach (PlannedFile file in plan.Files)
        {
            Row(file.Name, "-", file.Bytes);
        }

        Row("**total**", $"{plan.ImageCount}", plan.FileBytes);
        text.Append('\n');
        foreach (Fault fault in faults)
        {
            text.Append("- ").Append(fault).Append('\n');
        }

        text.Append('\n');

        void Row(string name, string images, long bytes) => text
            .Append("| ").Append(name)
            .Append(" | ").Append(images)
            .Append(" | ").Append(ByteCount.Format(bytes)).Append(" |\n");
    }

    private static void WriteImages(StringBuilder text, MirrorPlan plan)
    {
        foreach (PlannedArchive archive in plan.Archives)
        {
            text.Append("## ").Append(archive.Name).Append("\n\n| image | digest | why |\n|---|---|---|\n");
            foreach (PlannedImage image in archive.Layouts.SelectMany(layout => layout.Images))
            {
                text.Append("| ").Append(image.Repository).Append(':').Append(image.Tag)
                    .Append(" | ").Append(image.Digest.ToString())
                    .Append(" | ").Append(image.Reason).Append(" |\n");
            }

            text.Append('\n');
        }
    }
}
