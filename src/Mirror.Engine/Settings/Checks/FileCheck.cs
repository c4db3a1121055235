using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Checks the settings that name files and folders. The disk is not asked.</summary>
internal static class FileCheck
{
    /// <summary>Checks that a path, if there is one, is full.</summary>
    public static void CheckPath(string member, string? path, SettingsFaults faults)
    {
        if (!string.IsNullOrEmpty(path) && (!Path.IsPathFullyQualified(path) || path.Contains('\0')))
        {
            faults.Add(member, SettingFault.PathNotQualified(SettingName.Mark(member), path));
        }
    }

    /// <summary>Checks what names a diff: its id, or the path of its file.</summary>
    public static void CheckReviewed(string? reviewed, SettingsFaults faults)
    {
        if (!IsDiffId(reviewed))
        {
            CheckPath("Reviewed", reviewed, faults);
        }
    }

    /// <summary>Whether a text is the id of a diff, and no path.</summary>
    public static bool IsDiffId(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Checks the files that every verb can leave behind.</summary>
    public static void CheckRecords(MirrorSettings settings, SettingsFaults faults)
    {
        string? file = settings.ReportFile;
        CheckPath("OutputsFile", settings.OutputsFile, faults);
        CheckPath("ReportFile", file, faults);
        string extension = Path.GetExtension(file ?? "");
        if (!string.IsNullOrEmpty(file) && extension.ToUpperInvariant() is not (".JSON" or ".MD" or ".HTML"))
        {
            faults.Add("ReportFile", SettingFault.Unavailable(
                $"The extension {QuotedText.Quote(extension)} of {SettingName.ReportFile}",
                "Let the file end with .json, .md or .html."));
        }
    }

    /// <summary>Checks what a verb reads: a folder, single archives, or both.</summary>
    /// <returns>The archives; never default.</returns>
    public static ImmutableArray<string> CheckBundle(
        string? directory, ImmutableArray<string> files, SettingsFaults faults)
    {
        ImmutableArray<string> given = files.OrEmpty();
        if (string.IsNullOrWhiteSpace(directory) && given.IsEmpty)
        {
            faults.Add("BundleDirectory", SettingFault.Missing(
                SettingName.BundleDirectory,
                $"Set it to the bundle's folder, or name archives in {SettingName.Files}."));
        }

        CheckPath("BundleDirectory", directory, faults);
        foreach (string file in given)
        {
            CheckPath("Files", string.IsNullOrWhiteSpace(file) ? "?" : file, faults);
        }

        return given;
    }
}
