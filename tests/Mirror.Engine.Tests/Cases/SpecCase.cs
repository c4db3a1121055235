using System.Text.Json;

namespace Mirror.Engine.Tests.Cases;

/// <summary>One fact about d8's behaviour, from <c>pull-cases.json</c> or <c>push-cases.json</c>.</summary>
public sealed record SpecCase
{
    private readonly JsonElement _entry;

    public SpecCase(JsonElement entry) => _entry = entry;

    public string Id => _entry.GetProperty("id").GetString()!;

    /// <summary>What is tested: the <c>kind</c> of a pull case, the <c>area</c> of a push case.</summary>
    public string Kind => (Text(_entry, "kind") ?? Text(_entry, "area"))!;

    public JsonElement Input => _entry.GetProperty("input");

    /// <summary>What d8 does: <c>expected</c> of a pull case, <c>reference</c> of a push case.</summary>
    public JsonElement Expected =>
        _entry.TryGetProperty("expected", out JsonElement expected) ? expected : _entry.GetProperty("reference");

    /// <summary>What a push case wants of us: <c>"same"</c>, a word, or an object in place of it.</summary>
    public JsonElement Required => _entry.GetProperty("required");

    /// <summary>What we have to do: what d8 does, unless a push case requires something else.</summary>
    public JsonElement Wanted =>
        _entry.TryGetProperty("required", out JsonElement required) && required.ValueKind == JsonValueKind.Object
            ? required
            : Expected;

    /// <summary>The d8 versions a pull case holds for.</summary>
    public IReadOnlyList<string> Applies => Strings(_entry, "applies");

    /// <summary>The strings of a list in the input or in the expectation; none if it is absent.</summary>
    public static string[] Strings(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement list)
        ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
        : [];

    /// <summary>A member in the input or in the expectation as text, whatever it is; null if it is absent.</summary>
    public static string? Any(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind == JsonValueKind.Null ? "null" : value.ToString()
        : null;

    /// <summary>A text in the input or in the expectation; null if it is absent or null.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
