using System.Xml.Linq;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// The place that a fault is about: where a file of the project sets the first of the fault's settings that any of them
/// sets. For anything else it is the project itself. MSBuild tells a task only the line of its target.
/// </summary>
/// <param name="projectFile">The full path of the project.</param>
/// <param name="files">The files of the project.</param>
/// <param name="globalProperties">
/// The names of the properties of the command line (<c>-p:</c>): they win over what the files set.
/// </param>
internal sealed class ProjectLines(string projectFile, ProjectFiles files, IEnumerable<string> globalProperties)
{
    private readonly HashSet<string> _global = new(globalProperties, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The file, and the line in it from 1 on; 0: the value is one of the command line, which no file has, or the
    /// project cannot be read.
    /// </summary>
    public (string File, int Line) PlaceOf(Fault fault) =>
        fault.Settings.Select(Find).FirstOrDefault(place => place is not null) ?? (projectFile, files.ProjectLine);

    // The last one counts for a property; a setting with a value is where that value stands, if it stands anywhere.
    private (string File, int Line)? Find(SettingReference setting)
    {
        HashSet<string> names = new(TaskValues.Names.NamesOf(setting.Member), StringComparer.OrdinalIgnoreCase);
        ProjectElement[] places =
        [
            .. files.Elements.Where(element =>
                names.Contains(element.Name) && (element.IsItem || !_global.Contains(element.Name))),
        ];
        ProjectElement? exact = setting.Value is { } value ? places.LastOrDefault(place => Holds(place, value)) : null;
        return exact is not null ? (exact.File, exact.Line)
            : setting.Value is not null && names.Overlaps(_global) ? (projectFile, 0)
            : places is [.., var last] ? (last.File, last.Line)
            : null;
    }

    // A property holds its text, or a list of rules; an item its name with or without the version of its rule.
    private static bool Holds(ProjectElement element, string value) =>
        element.Xml.Attribute("Include")?.Value is { } names
            ? Split(names).Any(name => value == name || value == $"{name}@{VersionOf(element.Xml)}")
            : element.Xml.Value.Trim() == value || Split(element.Xml.Value).Contains(value);

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.TrimEntries);

    private static string? VersionOf(XElement item) =>
        item.Attribute("Version")?.Value
        ?? item.Elements().FirstOrDefault(metadata => metadata.Name.LocalName == "Version")?.Value.Trim();
}
