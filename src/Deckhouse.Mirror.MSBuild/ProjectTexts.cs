using System.Text.RegularExpressions;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// Puts the values of properties into texts of project files, as far as that takes no build: global properties, those
/// that the files set, variables of the environment, the paths that MSBuild knows, and the functions that look for a
/// file in the folders above.
/// </summary>
internal sealed partial class ProjectTexts
{
    private const int MaxLength = 10_000;

    private readonly string _projectFile;
    private readonly Dictionary<string, string> _global;
    private readonly Dictionary<string, string?> _set = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Knows what is set before the first file is read.</summary>
    public ProjectTexts(string projectFile, IEnumerable<KeyValuePair<string, string>> globalProperties)
    {
        _projectFile = projectFile;
        _global = new(globalProperties, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Sets a property to the text that a file gives it.</summary>
    public void Set(string name, string text, string file) => _set[name] = Expand(text, file);

    /// <summary>The text with values, escapes as they are; <see langword="null"/> if a value is not known.</summary>
    public string? Expand(string text, string file)
    {
        string expanded = text;
        bool isKnown = true;
        while (isKnown && expanded.Contains("$(", StringComparison.Ordinal) && expanded.Length <= MaxLength)
        {
            string before = expanded;
            expanded = Property().Replace(expanded, match => Replace(ValueOf(match.Groups["name"].Value, file)));
            expanded = FileAboveCall().Replace(expanded, match => Replace(FileAbove(
                match.Groups["name"].Value, FolderOf(match.Groups["from"].Value, file))));
            expanded = FolderAboveCall().Replace(expanded, match => Replace(Path.GetDirectoryName(FileAbove(
                match.Groups["name"].Value, FolderOf(match.Groups["from"].Value, file)))));
            isKnown &= expanded != before;
        }

        return isKnown ? expanded : null;

        string Replace(string? value)
        {
            isKnown &= value is not null;
            return value ?? "";
        }
    }

    /// <summary>The file of that name in a folder or the nearest folder above; <see langword="null"/>: none.</summary>
    public static string? FileAbove(string name, string folder)
    {
        string? place = folder;
        while (place is not null && !File.Exists(Path.Combine(place, name)))
        {
            place = Path.GetDirectoryName(place);
        }

        return place is null ? null : Path.Combine(place, name);
    }

    private static string FolderOf(string text, string file) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(
        text.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(file)!));

    private string? ValueOf(string name, string file) => name.ToUpperInvariant() switch
    {
        "MSBUILDTHISFILEDIRECTORY" => Path.GetDirectoryName(file) + Path.DirectorySeparatorChar,
        "MSBUILDTHISFILE" => Path.GetFileName(file),
        "MSBUILDTHISFILENAME" => Path.GetFileNameWithoutExtension(file),
        "MSBUILDTHISFILEFULLPATH" => file,
        "MSBUILDPROJECTDIRECTORY" => Path.GetDirectoryName(_projectFile),
        "MSBUILDPROJECTFILE" => Path.GetFileName(_projectFile),
        "MSBUILDPROJECTNAME" => Path.GetFileNameWithoutExtension(_projectFile),
        "MSBUILDPROJECTFULLPATH" => _projectFile,
        _ => _global.TryGetValue(name, out string? value) || _set.TryGetValue(name, out value)
            ? value
            : Environment.GetEnvironmentVariable(name),
    };

    [GeneratedRegex(
        @"\$\((?<name>[A-Za-z_][A-Za-z0-9_.-]*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Property();

    [GeneratedRegex(
        @"\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*['""]?(?<name>[^'"",()$]+?)['""]?\s*"
            + @"(,\s*['""]?(?<from>[^'"",()$]*)['""]?\s*)?\)\)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex FileAboveCall();

    [GeneratedRegex(
        @"\$\(\[MSBuild\]::GetDirectoryNameOfFileAbove\(\s*['""]?(?<from>[^'"",()$]*?)['""]?\s*,"
            + @"\s*['""]?(?<name>[^'"",()$]+?)['""]?\s*\)\)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex FolderAboveCall();
}
