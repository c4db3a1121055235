using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// The line of a project file that a fault is about: where the setting that it names is set, or else the project
/// itself, for what comes from the command line or an imported file. MSBuild tells a task only the line of its target.
/// </summary>
internal sealed partial class ProjectLines(string projectFile)
{
    private readonly Lazy<XElement?> _project = new(() => Load(projectFile));

    /// <summary>The line, from 1 on; 0: the file cannot be read.</summary>
    public int LineOf(Fault fault)
    {
        if (_project.Value is not { } project)
        {
            return 0;
        }

        string text = $"{fault.Message} {fault.Advice}";
        IXmlLineInfo place = SettingNames().Matches(text)
            .Select(name => Find(project, name.Value, text))
            .FirstOrDefault(element => element is not null) ?? FindRule(project, text) ?? project;
        return place.LineNumber;
    }

    // The last one is the one that counts for a property; the fault quotes the value it means.
    private static XElement? Find(XElement project, string name, string text)
    {
        XElement[] elements =
        [
            .. project.Descendants()
                .Where(element => string.Equals(element.Name.LocalName, name, StringComparison.OrdinalIgnoreCase)),
        ];
        return elements.LastOrDefault(element => ValuesOf(element)
            .Any(value => value.Length > 0 && text.Contains(value, StringComparison.Ordinal)))
            ?? elements.LastOrDefault();
    }

    // Faults of later stages quote a rule and need not say which setting it is of.
    private static XElement? FindRule(XElement project, string text) => project.Descendants()
        .Where(element => element.Name.LocalName.StartsWith("D8Mirror", StringComparison.OrdinalIgnoreCase))
        .LastOrDefault(element => element.Attribute("Include")?.Value is { } name
            && (text.Contains($"'{name}'", StringComparison.Ordinal)
                || text.Contains($"'{name}@{VersionOf(element)}'", StringComparison.Ordinal)));

    private static string? VersionOf(XElement item) =>
        item.Attribute("Version")?.Value ?? item.Elements().FirstOrDefault(IsVersion)?.Value.Trim();

    private static bool IsVersion(XElement metadata) => metadata.Name.LocalName == "Version";

    private static IEnumerable<string> ValuesOf(XElement element) =>
        element.Attributes().Select(attribute => attribute.Value)
            .Concat(element.DescendantsAndSelf().Select(inner => inner.Value.Trim()));

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

    [GeneratedRegex("D8Mirror[A-Za-z]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SettingNames();
}
