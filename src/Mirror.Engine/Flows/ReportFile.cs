using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Report;

namespace Mirror.Engine.Flows;

/// <summary>The file of a report, in the form that its extension says.</summary>
internal static class ReportFile
{
    public static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public static bool IsPage(string path) => path.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the file will hold.</summary>
    public static string Render(string path, MirrorPlan plan, BundleChanges? changes) =>
        IsJson(path) ? ReportJson.Render(plan, changes)
        : IsPage(path) ? ReportHtml.Render(plan, changes)
        : ReportMarkdown.Render(plan, changes);

    /// <summary>What the file will hold.</summary>
    public static string Render(string path, MirrorReport report) =>
        IsJson(path) ? ReportJson.Render(report)
        : IsPage(path) ? ReportHtml.Render(report)
        : ReportMarkdown.Render(report);

    /// <summary>What the file will hold.</summary>
    public static string Render(string path, GostRecord record) =>
        IsJson(path) ? ReportJson.Render(record)
        : IsPage(path) ? ReportHtml.Render(record)
        : ReportMarkdown.Render(record);

    /// <summary>Writes the file, whole or not at all; an older one is replaced.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005.</exception>
    public static void Write(IDisk disk, string path, string content)
    {
        string part = path + ".part";
        try
        {
            disk.CreateDirectory(Path.GetDirectoryName(path)!);
            disk.Delete(part);
            byte[] bytes = Encoding.UTF8.GetBytes(content);
            using (IDiskFile file = disk.Create(part, bytes.Length))
            {
                file.Write(bytes, 0);
                file.Close();
            }

            disk.Rename(part, path);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, path, "written", "ReportFile");
        }
    }
}
