using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Flows.Runs;

/// <summary>
/// The file that the outputs of a run are appended to, after those of other programs: the one that a setting names, or
/// the one of the CI system.
/// </summary>
/// <param name="disk">Where the file is.</param>
/// <param name="path">The file.</param>
/// <param name="setting">What named it, for messages.</param>
internal sealed class OutputsFile(IDisk disk, string path, string setting)
{
    /// <summary>Set by GitHub Actions for each step.</summary>
    private const string Variable = "GITHUB_OUTPUT";

    private bool _isWritable;

    /// <summary>The file of a run; <see langword="null"/>: none is wanted.</summary>
    /// <param name="file">The setting.</param>
    /// <param name="parts">Disk and environment.</param>
    public static OutputsFile? Find(string? file, EngineParts parts) =>
        !string.IsNullOrEmpty(file) ? new OutputsFile(parts.Disk, file, SettingName.OutputsFile)
        : parts.Environment[Variable] is { } variable
            ? new OutputsFile(parts.Disk, variable, Variable)
        : null;

    /// <summary>Tries whether the file can be written; what it holds stays.</summary>
    /// <returns>Why it cannot (D8M1030); empty: it can, or the check of settings refuses its path.</returns>
    public ImmutableArray<Fault> Prepare()
    {
        bool isPath = Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal);
        if (!isPath && setting == SettingName.OutputsFile)
        {
            return [];
        }

        string? obstacle = isPath ? FindObstacle() : "it is not a full path";
        _isWritable = obstacle is null;
        return obstacle is null ? [] : [ReportFile.NotWritable(setting, "OutputsFile", path, obstacle)];
    }

    /// <summary>Appends what a run that succeeded tells.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004, D8M6005 or D8M6018: the file cannot be written.</exception>
    public void Append(RunOutputs outputs)
    {
        byte[] lines = Encoding.UTF8.GetBytes(outputs.Render());
        if (!_isWritable || lines.Length == 0)
        {
            return;
        }

        DiskFaults.Guard(
            path,
            "written",
            () =>
            {
                using IDiskFile file = disk.FileExists(path) ? disk.OpenWrite(path) : disk.Create(path, 0);
                file.Write(EndsInLine(file) ? lines : [(byte)'\n', .. lines], file.Length);
                file.Close();
            },
            member: "OutputsFile");
    }

    /// <summary>Whether the program before ended its last line.</summary>
    private static bool EndsInLine(IDiskFile file)
    {
        byte[] last = new byte[1];
        return file.Length == 0 || (file.ReadFully(last, file.Length - 1) == 1 && last[0] == '\n');
    }

    private string? FindObstacle()
    {
        try
        {
            // A link might lead to a file that has nothing to do with the pipeline.
            if (disk.IsLink(path))
            {
                return "it is a symbolic link";
            }

            if (disk.DirectoryExists(path))
            {
                return "it is a folder";
            }

            if (disk.FileExists(path))
            {
                disk.OpenWrite(path).Dispose();
            }
            else
            {
                WholeFile.Try(disk, path);
            }

            return null;
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            return exception.Message;
        }
    }
}
