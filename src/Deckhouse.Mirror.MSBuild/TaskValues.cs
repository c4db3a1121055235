using System.Reflection;
using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// What a project gave a task, by the names it used: a parameter <c>Source</c> is the property <c>D8MirrorSource</c>,
/// item parameters are plural (<c>IncludeModules</c>, the items <c>D8MirrorIncludeModule</c>).
/// </summary>
internal static class TaskValues
{
    /// <summary>What the names of all properties and items begin with.</summary>
    public const string Prefix = "D8Mirror";

    /// <summary>The metadata of a rule.</summary>
    public const string Version = "Version";

    /// <summary>The names of properties and items, which is how a project calls the settings.</summary>
    public static SettingNames Names { get; } = new(name => Prefix + name);

    /// <summary>The parameters that are settings: those of the derived tasks, without their outputs.</summary>
    public static IEnumerable<PropertyInfo> ParametersOf(Type task) =>
        from property in task.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.DeclaringType!.IsSubclassOf(typeof(MirrorTask))
            && property.SetMethod is { IsPublic: true }
            && !property.IsDefined(typeof(OutputAttribute))
        orderby property.Name
        select property;

    public static string NameOf(PropertyInfo parameter) =>
        Prefix + (parameter.PropertyType == typeof(string) ? parameter.Name : parameter.Name[..^1]);

    /// <summary>
    /// Collects what is set; an empty property is one that is not set, as everywhere in MSBuild. Properties that would
    /// hold a secret are among it, to be refused, without their values.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Collect(MirrorTask task) =>
        (from parameter in ParametersOf(task.GetType())
         from text in TextsOf(parameter, parameter.GetValue(task))
         where !string.IsNullOrWhiteSpace(text)
         select KeyValuePair.Create(NameOf(parameter), text))
        .Concat(task.SecretProperties.Select(property => KeyValuePair.Create(property.ItemSpec, "a secret")));

    /// <summary>The files that define the items that the task was given, by their full paths.</summary>
    public static IEnumerable<string> FilesOf(MirrorTask task) =>
        from parameter in ParametersOf(task.GetType())
        from item in parameter.GetValue(task) as ITaskItem[] ?? []
        let file = item.GetMetadata("DefiningProjectFullPath")
        where file.Length > 0
        select file;

    private static IEnumerable<string> TextsOf(PropertyInfo parameter, object? value) => value switch
    {
        string text => [text],
        ITaskItem[] items when parameter.Name == nameof(BundleFilesTask.Files) => items.Select(item => item.ItemSpec),
        ITaskItem[] items => items.SelectMany(RulesOf),
        _ => [],
    };

    // A list that the command line gives as a property is one item: its semicolons are escaped.
    private static IEnumerable<string> RulesOf(ITaskItem item)
    {
        string version = item.GetMetadata(Version).Trim();
        return item.ItemSpec.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => version.Length == 0 ? name : $"{name}@{version}");
    }
}
