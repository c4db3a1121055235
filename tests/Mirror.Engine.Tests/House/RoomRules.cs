using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.House;

/// <summary>Finds uses of one engine room by another that the table does not allow.</summary>
/// <param name="table">Each room with the rooms it may use.</param>
/// <param name="sources">The engine's files: path relative to the engine's folder, and text.</param>
internal sealed partial class RoomRules(
    IReadOnlyDictionary<string, string[]> table,
    IReadOnlyDictionary<string, string> sources)
{
    // One type per file: the file's name is the type's.
    private readonly Dictionary<string, string[]> _typesByRoom = sources.Keys
        .GroupBy(RoomOf)
        .ToDictionary(files => files.Key, files => files.Select(TypeOf).ToArray());

    public IEnumerable<string> Violations() => sources.OrderBy(source => source.Key, StringComparer.Ordinal)
        .SelectMany(source => FileViolations(source.Key, CodeText.WithoutCommentsAndLiterals(source.Value)));

    private IEnumerable<string> FileViolations(string path, string code)
    {
        if (code.Contains("global using", StringComparison.Ordinal))
        {
            yield return $"{path}: a global using hides who uses whom";
        }

        var room = RoomOf(path);
        if (room.Length == 0)
        {
            yield break;
        }

        if (!table.TryGetValue(room, out var allowed))
        {
            yield return $"{path}: the architecture has no room named {room}";
            yield break;
        }

        foreach (var used in UsedRooms(code).Where(used => used != room && used != "Errors").Distinct().Order())
        {
            if (!allowed.Contains(used))
            {
                yield return $"{path}: {room} may not use {used}";
            }
        }

        foreach (var type in _typesByRoom.GetValueOrDefault("", []).Where(type => UsesType(code, type)))
        {
            yield return $"{path}: {room} may not use {type} of the root";
        }
    }

    // Written out in full, or by the part that C# resolves from inside the engine's namespace ("Registry.Client").
    private IEnumerable<string> UsedRooms(string code)
    {
        foreach (Match name in FullName().Matches(code))
        {
            yield return name.Groups["room"].Value;
        }

        foreach (Match name in ShortName().Matches(code))
        {
            var room = name.Groups["room"].Value;
            if (_typesByRoom.GetValueOrDefault(room, []).Contains(name.Groups["type"].Value))
            {
                yield return room;
            }
        }
    }

    private static bool UsesType(string code, string type) =>
        Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(type)}\b", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static string RoomOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[0] : "";

    private static string TypeOf(string path) => Path.GetFileName(path).Split('.')[0];

    [GeneratedRegex(@"(?<!namespace\s+)\bMirror\s*\.\s*Engine\s*\.\s*(?<room>\w+)", RegexOptions.None, 10_000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?<room>[A-Z]\w*)\s*\.\s*(?<type>[A-Z]\w*)", RegexOptions.None, 10_000)]
    private static partial Regex ShortName();
}
