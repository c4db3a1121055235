using System.Xml;
using System.Xml.Linq;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// The place that a fault is about: where the project, or a <c>Directory.Build</c> file that MSBuild imports into it,
/// sets the first of the fault's settings that any of them sets. For anything else, such as a property of the command
/// line or of another import, it is the project itself. MSBuild tells a task only the line of its target.
/// </summary>
/// <param name="projectFile">The full path of the project.</param>
/// <param name="globalProperties">
/// The names of the properties of the command line (<c>-p:</c>): they win over what the files set.
/// </param>
internal sealed class ProjectLines(string projectFile, IEnumerable<string> globalProperties)
{
    private readonly HashSet<string> _global = new(globalProperties, StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<XElement?> _project = new(() => Load(projectFile));

    /// <summary>
    /// The file, and the line in it from 1 on; 0: the value is one of the command line, which no file has, or the
    /// project cannot be read.
    /// </summary>
    public (string File, int Line) PlaceOf(Fault fault)
    {
        (string File, XElement Root)[] files = [.. Files()];
        return fault.Settings.Select(setting => Find(files, setting)).FirstOrDefault(place => place is not null)
            ?? (projectFile, LineOf(_project.Value));
    }

    // The last one counts for a property; a setting with a value is where that value stands, if it stands anywhere.
    private (string File, int Line)? Find((string File, XElement Root)[] files, SettingReference setting)
    {
        HashSet<string> names = new(TaskValues.Names.NamesOf(setting.Member), StringComparer.OrdinalIgnoreCase);
        if (setting.Value is not null && names.Overlaps(_global))
        {
            return (projectFile, 0);
        }

        names.ExceptWith(_global);
        (string File, XElement Element)[] places =
        [
            .. from read in files
               from element in read.Root.Descendants()
               where names.Contains(element.Name.LocalName)
               select (read.File, element),
        ];
        (string File, XElement Element)[] exact =
            [.. places.Where(place => setting.Value is { } value && Holds(place.Element, value))];
        return places.Length == 0 ? null
            : exact is [.., var last] ? (last.File, LineOf(last.Element))
            : (places[^1].File, LineOf(places[^1].Element));
    }

    // A property holds its text, an item its name with or without the version of its rule.
    private static bool Holds(XElement element, string value) =>
        element.Attribute("Include")?.Value is { } name
            ? value == name || value == $"{name}@{VersionOf(element)}"
            : element.Value.Trim() == value;

    private static string? VersionOf(XElement item) =>
        item.Attribute("Version")?.Value
        ?? item.Elements().FirstOrDefault(metadata => metadata.Name.LocalName == "Version")?.Value.Trim();

    // In the order in which MSBuild reads them.
    private IEnumerable<(string File, XElement Root)> Files()
    {
        string[] files = [Nearest("Directory.Build.props"), projectFile, Nearest("Directory.Build.targets")];
        foreach (string file in files)
        {
            if ((file == projectFile ? _project.Value : Load(file)) is { } root)
            {
                yield return (file, root);
            }
        }
    }

    // MSBuild imports the one in the project's folder or in the nearest folder above.
    private string Nearest(string name)
    {
        string? folder = Path.GetDirectoryName(projectFile);
        while (folder is not null && !File.Exists(Path.Combine(folder, name)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? "" : Path.Combine(folder, name);
    }

    private static int LineOf(XElement? element) => element is IXmlLineInfo line ? line.LineNumber : 0;

    private static XElement? Load(string file)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(file, new() { DtdProcessing = DtdProcessing.Ignore });
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return null;
        }
    }
}
