using System.Text.Json;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Plan;

/// <summary>The members of an object, each of which somebody has to ask for.</summary>
internal sealed class JsonMembers(JsonElement element, string name)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public JsonElement.ObjectEnumerator All() => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject()
        : throw new FormatException($"{name} is not an object");

    public string Text(string member) => Find(member, JsonValueKind.String, "a text").GetString()!;

    /// <summary>A text that may be left out.</summary>
    public string? FindText(string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out _) ? Text(member) : null;

    public long Number(string member, long most) =>
        Find(member, JsonValueKind.Number, "a number").TryGetInt64(out long value) && value >= 0 && value <= most
            ? value
            : throw new FormatException($"'{member}' of {name} is not a number of bytes");

    public JsonMembers Object(string member) => new(Find(member, JsonValueKind.Object, "an object"), $"'{member}'");

    public ImmutableArray<string> Texts(string member, Func<string, string> check, int most) =>
        TextsOf(Find(member, JsonValueKind.Array, "a list"), member, check, most);

    public static ImmutableArray<string> TextsOf(
        JsonElement list, string member, Func<string, string> check, int most) =>
        list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most
            ? throw new FormatException($"'{member}' is not a list of at most {most} texts")
            :
            [
                .. list.EnumerateArray()
                    .Select(item => item.ValueKind == JsonValueKind.String
                        ? check(item.GetString()!)
                        : throw new FormatException($"'{member}' has something that is not a text"))
                    .Order(StringComparer.Ordinal),
            ];

    public void RefuseOthers()
    {
        if (All().Select(member => member.Name).FirstOrDefault(member => !_asked.Contains(member)) is { } other)
        {
            throw new FormatException($"{name} has the unknown member {QuotedText.Quote(other)}");
        }
    }

    private JsonElement Find(string member, JsonValueKind kind, string noun)
    {
        _asked.Add(member);
        return element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(member, out JsonElement value) && value.ValueKind == kind
                ? value
                : throw new FormatException($"'{member}' of {name} is missing, or not {noun}");
    }
}
