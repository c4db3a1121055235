using System.Collections.Frozen;
using System.Reflection;
using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>
/// Writes the settings into the lists of the public API: the members of the engine's records, the parameters of the
/// MSBuild tasks. Other lines stay.
/// </summary>
internal static class PublicApiFile
{
    private const string Tasks = "Deckhouse.Mirror.MSBuild.";

    private static readonly FrozenDictionary<Type, string> Keywords = new Dictionary<Type, string>
    {
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(string)] = "string",
    }.ToFrozenDictionary();

    private static readonly Type[] Records =
    [
        .. typeof(MirrorSettings).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(MirrorSettings))),
        typeof(RegistryEndpoint),
        typeof(TransferLimits),
    ];

    public static string RenderEngine(string current) => Replace(
        current,
        line => Records.Any(record => IsAccessor(line, record.FullName!)),
        from record in Records
        from member in record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        from accessor in new[] { $"get -> {TypeOf(new NullabilityInfoContext().Create(member))}", "init -> void" }
        select $"{record.FullName}.{member.Name}.{accessor}");

    public static string RenderTasks(string current)
    {
        HashSet<string> parameters = [.. SettingsTable.Rows.Select(TaskClass.ParameterOf)];
        return Replace(
            current,
            line => line.Split('.') is ["Deckhouse", "Mirror", "MSBuild", _, var name, ..] && parameters.Contains(name),
            from task in TaskClass.All
            from row in task.Rows
            let type = row.IsList ? "Microsoft.Build.Framework.ITaskItem![]!" : "string?"
            from accessor in new[] { $"get -> {type}", "set -> void" }
            select $"{Tasks}{task.Name}.{TaskClass.ParameterOf(row)}.{accessor}");
    }

    private static string Replace(string current, Func<string, bool> isSetting, IEnumerable<string> lines) =>
        string.Concat(current.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !isSetting(line))
            .Concat(lines)
            .Order(StringComparer.Ordinal)
            .Select(line => $"{line}\n"));

    private static bool IsAccessor(string line, string record) =>
        line.StartsWith($"{record}.", StringComparison.Ordinal)
        && line[(record.Length + 1)..].Split(' ')[0].Split('.') is [_, "get" or "init"];

    // As the analyzer of the public API spells types.
    private static string TypeOf(NullabilityInfo info)
    {
        Type type = info.Type;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return $"{Keywords.GetValueOrDefault(inner, inner.FullName!)}?";
        }

        string name = Keywords.GetValueOrDefault(type, type.FullName!);
        if (type.IsGenericType)
        {
            string arguments = string.Join(", ", info.GenericTypeArguments.Select(TypeOf));
            name = $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{arguments}>";
        }

        return type.IsValueType ? name : name + (info.ReadState == NullabilityState.Nullable ? '?' : '!');
    }
}
