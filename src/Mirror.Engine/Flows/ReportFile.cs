using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Report;

namespace Mirror.Engine.Flows;

/// <summary>Writes a report, whole or not at all.</summary>
internal static class ReportFile
{
    public static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a report, if a file for it is named.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005.</exception>
    public static void Write(IDisk disk, string? path, MirrorReport report)
    {
        if (!string.IsNullOrEmpty(path))
        {
            Write(disk, path, IsJson(path) ? ReportJson.Of(report) : ReportMarkdown.Of(report));
        }
    }

    /// <summary>Writes the file; an older one is replaced.</summary>
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
            }

            disk.Rename(part, path);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Of(exception, path, "written");
        }
    }
}
