using System.Xml.Linq;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// Looks for names that begin as those of this package, but are none of them, and for items that MSBuild drops: both
/// would be lost without a word, since MSBuild takes any name.
/// </summary>
/// <param name="projectFile">The full path of the project.</param>
/// <param name="files">The files of the project.</param>
internal sealed class ProjectNameCheck(string projectFile, ProjectFiles files)
{
    private const string Prefix = TaskValues.Prefix;
    private const string Advice = $"Names that begin with {Prefix} belong to this package: correct it "
        + "(docs/settings.md lists them all), or give a name of your own another beginning.";

    // What an item element may say besides its metadata.
    private static readonly string[] ItemAttributes =
    [
        "Include", "Exclude", "Remove", "Update", "Condition", "Label", "KeepMetadata", "RemoveMetadata",
        "KeepDuplicates", "MatchOnMetadata", "MatchOnMetadataOptions",
    ];

    /// <summary>Everything that is wrong, in the order of the files.</summary>
    /// <param name="globalProperties">The names of the properties of the command line.</param>
    /// <param name="variables">The names of environment variables, which MSBuild takes as properties.</param>
    public IEnumerable<PlacedFault> Find(IEnumerable<string> globalProperties, IEnumerable<string> variables)
    {
        string[] global = [.. globalProperties];
        return
        [
            .. files.Elements.SelectMany(FaultsOf),
            .. UnknownOf(global.Where(IsOurs), "the command line"),
            .. UnknownOf(
                // A variable in capitals is another program's: D8MIRROR_HOME.
                variables.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                    .Except(global, StringComparer.OrdinalIgnoreCase),
                "an environment variable"),
        ];
    }

    private static bool IsOurs(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Has(IEnumerable<string> names, string name) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<PlacedFault> UnknownOf(IEnumerable<string> properties, string who) =>
        from name in properties
        where !Has(ProjectNames.Properties, name) && !Has(ProjectNames.Secrets, name)
        let message = $"There is no property '{name}', which {who} sets."
        select new PlacedFault(Unknown(name, ProjectNames.Properties, message), projectFile, 0);

    private IEnumerable<PlacedFault> FaultsOf(ProjectElement element)
    {
        IEnumerable<Fault> faults = element switch
        {
            { Name: "Output", Xml: var output } =>
            [
                .. NameFaults("property", output.Attribute("PropertyName")?.Value),
                .. NameFaults("item", output.Attribute("ItemName")?.Value),
            ],
            { IsProperty: true } => NameFaults("property", element.Name),
            { IsItem: true } when IsOurs(element.Name) =>
            [
                .. NameFaults("item", element.Name),
                .. Has(ProjectNames.Rules, element.Name) ? RuleFaults(element) : [],
            ],
            _ => [],
        };
        return faults.Select(fault => new PlacedFault(fault, element.File, element.Line));
    }

    private static IEnumerable<Fault> NameFaults(string kind, string? name)
    {
        if (name is null || !IsOurs(name))
        {
            yield break;
        }

        bool isProperty = kind == "property";
        string[] known = isProperty ? ProjectNames.Properties : ProjectNames.Items;
        if (Has(known, name) || (isProperty && Has(ProjectNames.Secrets, name)))
        {
            yield break;
        }

        yield return Has(isProperty ? ProjectNames.Items : ProjectNames.Properties, name)
            ? About(
                FaultCode.SettingMalformed,
                $"'{name}' is set as {(isProperty ? "a property" : "an item")}, "
                    + $"but is {(isProperty ? "an item" : "a property")}.",
                $"Write it in {(isProperty ? "an ItemGroup" : "a PropertyGroup")}.",
                name)
            : Unknown(name, known, $"There is no {kind} '{name}'.");
    }

    private static Fault Unknown(string name, string[] known, string message) => About(
        FaultCode.SettingMalformed, message, NearestNames.Ask(name, known, Prefix) + Advice, name);

    private static Fault About(string code, string message, string advice, string name) =>
        new(code, message, advice) { Settings = [new SettingReference(name)] };

    private IEnumerable<Fault> RuleFaults(ProjectElement item)
    {
        IEnumerable<string> metadata = item.Xml.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
            .Select(attribute => attribute.Name.LocalName).Except(ItemAttributes, StringComparer.OrdinalIgnoreCase)
            .Concat(item.Xml.Elements().Select(element => element.Name.LocalName));
        foreach (string name in metadata.Where(name => !Has([TaskValues.Version], name)))
        {
            yield return About(
                FaultCode.SettingMalformed,
                $"Items {item.Name} have no metadata '{name}'.",
                $"{NearestNames.Ask(name, [TaskValues.Version])}The only metadata of a rule is {TaskValues.Version}, "
                    + "its version or constraint: correct the name, or remove it.",
                item.Name);
        }

        string include = item.Xml.Attribute("Include")?.Value ?? "";
        foreach (string rule in (files.Expand(include, item.File) ?? include)
            .Split(';', StringSplitOptions.TrimEntries)
            .Where(rule => rule.AsSpan().IndexOfAny('*', '?') >= 0 && !rule.Contains("@(", StringComparison.Ordinal)))
        {
            string[] parts = rule.Split('@', 2);
            yield return About(
                FaultCode.RuleIsFilePattern,
                $"MSBuild takes '{rule}' of the items {item.Name} as a pattern of file names, finds no such file and "
                    + "drops the item.",
                parts is [var name, var version]
                    ? $"Write the constraint as metadata: Include=\"{name}\" {TaskValues.Version}=\"{version}\"."
                    : "Write the whole name: rules take no wildcards.",
                item.Name);
        }
    }
}

/// <summary>A fault whose place is known.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="File">The full path of the file.</param>
/// <param name="Line">The line, from 1 on; 0: none.</param>
internal sealed record PlacedFault(Fault Fault, string File, int Line);
