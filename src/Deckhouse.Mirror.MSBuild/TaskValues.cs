using System.Reflection;
using Microsoft.Build.Framework;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// What a project gave a task, by the names it used: a parameter <c>Source</c> is the property <c>D8MirrorSource</c>,
/// item parameters are plural (<c>IncludeModules</c>, the items <c>D8MirrorIncludeModule</c>).
/// </summary>
internal static class TaskValues
{
    /// <summary>The parameters that are settings: those of the derived tasks, without their outputs.</summary>
    public static IEnumerable<PropertyInfo> ParametersOf(Type task) =>
        from property in task.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.DeclaringType!.IsSubclassOf(typeof(MirrorTask))
            && property.SetMethod is { IsPublic: true }
            && !property.IsDefined(typeof(OutputAttribute))
        orderby property.Name
        select property;

    public static string NameOf(PropertyInfo parameter) =>
        "D8Mirror" + (parameter.PropertyType == typeof(string) ? parameter.Name : parameter.Name[..^1]);

    /// <summary>Collects what is set; an empty property is one that is not set, as everywhere in MSBuild.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Collect(MirrorTask task, string projectDirectory)
    {
        Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
        foreach (PropertyInfo parameter in ParametersOf(task.GetType()))
        {
            IReadOnlyList<string> texts = parameter.GetValue(task) switch
            {
                string text when !string.IsNullOrWhiteSpace(text) => [TextOf(parameter, text, projectDirectory)],
                ITaskItem[] items => [.. items.Select(item => TextOf(parameter, item, projectDirectory))],
                _ => [],
            };
            if (texts.Count > 0)
            {
                values[NameOf(parameter)] = texts;
            }
        }

        return values;
    }

    private static string TextOf(PropertyInfo parameter, string text, string projectDirectory) =>
        SettingsTable.Find(NameOf(parameter)) is { Kind: SettingKind.Path or SettingKind.Paths }
            ? Path.GetFullPath(WithSeparatorsOfThisSystem(text.Trim()), projectDirectory)
            : text;

    // As MSBuild's own tasks do: project files are written on Windows, too.
    private static string WithSeparatorsOfThisSystem(string path) => path.Replace('\\', Path.DirectorySeparatorChar);

    private static string TextOf(PropertyInfo parameter, ITaskItem item, string projectDirectory)
    {
        if (SettingsTable.Find(NameOf(parameter)) is { Kind: SettingKind.Paths })
        {
            return TextOf(parameter, item.ItemSpec, projectDirectory);
        }

        string version = item.GetMetadata("Version").Trim();
        return version.Length == 0 ? item.ItemSpec : $"{item.ItemSpec}@{version}";
    }
}
