using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Utilities;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// The files that make up a project, in the order in which MSBuild reads them: the project, the files that MSBuild
/// imports by their names, and what any of them imports. Files of SDKs and of this package are not among them, nor is
/// an import whose path only a build can tell. Whether a condition holds is not asked.
/// </summary>
internal sealed class ProjectFiles
{
    private const int MaxFiles = 1000;

    private static readonly string Package = typeof(ProjectFiles).Assembly.GetName().Name!;

    private readonly List<ProjectElement> _elements = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ProjectTexts _texts;

    /// <summary>Reads the files; one that cannot be read, or is not XML, is left out.</summary>
    /// <param name="projectFile">The full path of the project.</param>
    /// <param name="globalProperties">The properties of the command line.</param>
    /// <param name="others">Files that are known otherwise to belong to the project, by their full paths.</param>
    public ProjectFiles(
        string projectFile,
        IEnumerable<KeyValuePair<string, string>> globalProperties,
        IEnumerable<string> others)
    {
        _texts = new ProjectTexts(projectFile, globalProperties);
        string folder = Path.GetDirectoryName(projectFile)!;
        string restored = Path.Combine(folder, "obj", Path.GetFileName(projectFile));
        XElement? project = Load(projectFile);
        bool hasCommonFiles = project is not null && UsesCommonFiles(project);
        if (hasCommonFiles)
        {
            Read(ProjectTexts.FileAbove("Directory.Build.props", folder));
            Read(restored + ".nuget.g.props");
            Read(ProjectTexts.FileAbove("Directory.Packages.props", folder));
        }

        Read(projectFile);
        if (hasCommonFiles)
        {
            Read(projectFile + ".user");
            Read(restored + ".nuget.g.targets");
            Read(ProjectTexts.FileAbove("Directory.Build.targets", folder));
        }

        foreach (string other in others)
        {
            Read(other);
        }

        ProjectLine = LineOf(project);
    }

    /// <summary>The elements of all files below their roots.</summary>
    public IReadOnlyList<ProjectElement> Elements => _elements;

    /// <summary>The line of the project's root, from 1 on; 0: the project cannot be read.</summary>
    public int ProjectLine { get; }

    /// <summary>
    /// The text of an attribute with the values of its properties, as far as the files tell them, and escapes as they
    /// are; <see langword="null"/>: they do not.
    /// </summary>
    public string? Expand(string text, string file) => _texts.Expand(text, file);

    // Those of MSBuild's common targets, which every SDK but this one imports.
    private static bool UsesCommonFiles(XElement project) =>
        project.Attribute("Sdk") is not null
        || project.Elements().Any(element => element.Name.LocalName == "Sdk"
            && !Package.Equals(element.Attribute("Name")?.Value, StringComparison.OrdinalIgnoreCase))
        || project.Descendants().Any(element => element.Name.LocalName == "Import"
            && (element.Attribute("Sdk") is not null
                || element.Attribute("Project")?.Value.Contains("Microsoft.", StringComparison.Ordinal) == true));

    private static int LineOf(XElement? element) => element is IXmlLineInfo line ? line.LineNumber : 0;

    private void Read(string? file)
    {
        if (file is null || _seen.Count >= MaxFiles || IsOurs(file) || !_seen.Add(file) || Load(file) is not { } root)
        {
            return;
        }

        foreach (XElement element in root.Descendants())
        {
            _elements.Add(new ProjectElement(file, LineOf(element), element));
            if (element.Name.LocalName == "Import" && element.Attribute("Sdk") is null)
            {
                foreach (string import in ImportsOf(element, file))
                {
                    Read(import);
                }
            }
            else if (element.Parent?.Name.LocalName == "PropertyGroup")
            {
                _texts.Set(element.Name.LocalName, element.Value.Trim(), file);
            }
        }
    }

    private static bool IsOurs(string file) =>
        Path.GetFileNameWithoutExtension(file).Equals(Package, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> ImportsOf(XElement import, string file)
    {
        if (_texts.Expand(import.Attribute("Project")?.Value ?? "", file) is not { Length: > 0 } text)
        {
            return [];
        }

        try
        {
            string path = Path.GetFullPath(
                new TaskItem(text).ItemSpec.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(file)!);
            return !path.Contains('*', StringComparison.Ordinal) ? [path]
                : [.. Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path))
                    .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static XElement? Load(string file)
    {
        try
        {
            // By name it would be opened as a URI, in which %7E is another character.
            using FileStream content = File.OpenRead(file);
            using XmlReader reader = XmlReader.Create(content, new() { DtdProcessing = DtdProcessing.Ignore });
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>An element of a file of the project.</summary>
/// <param name="File">The full path of the file.</param>
/// <param name="Line">Its line, from 1 on.</param>
/// <param name="Xml">The element.</param>
internal sealed record ProjectElement(string File, int Line, XElement Xml)
{
    /// <summary>What it is called.</summary>
    public string Name => Xml.Name.LocalName;

    /// <summary>Whether it sets a property.</summary>
    public bool IsProperty => Xml.Parent?.Name.LocalName == "PropertyGroup";

    /// <summary>Whether it adds or changes items, or gives their metadata defaults.</summary>
    public bool IsItem => Xml.Parent?.Name.LocalName is "ItemGroup" or "ItemDefinitionGroup";
}
