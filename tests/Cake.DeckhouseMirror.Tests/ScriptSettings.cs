using System.Collections.Immutable;
using System.Reflection;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>The settings of a script that say what a record of the engine says.</summary>
internal static class ScriptSettings
{
    /// <summary>Copies every member, with Cake's types.</summary>
    public static TSettings From<TSettings>(MirrorSettings record)
        where TSettings : D8MirrorSettings, new()
    {
        TSettings settings = new();
        foreach (PropertyInfo member in record.GetType().GetProperties())
        {
            PropertyInfo own = typeof(TSettings).GetProperty(member.Name)!;
            own.SetValue(settings, Convert(member.GetValue(record), own.PropertyType));
        }

        return settings;
    }

    private static object? Convert(object? value, Type type) => value switch
    {
        string path when type == typeof(DirectoryPath) => new DirectoryPath(path),
        string path when type == typeof(FilePath) => new FilePath(path),
        ImmutableArray<ComponentRule> rules => ComponentRuleCollection.FromStrings(rules.Select(rule => $"{rule}")),
        ImmutableArray<string> files when type == typeof(FilePathCollection) =>
            new FilePathCollection(files.Select(file => new FilePath(file))),
        ImmutableArray<string> texts => texts.ToList(),
        _ => value,
    };
}
