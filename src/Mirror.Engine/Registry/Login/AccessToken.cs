using System.Text.Json;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Registry.Login;

/// <summary>A bearer token and when to ask for the next one. Not a record: its text must not reach a log.</summary>
internal sealed class AccessToken(string text, DateTimeOffset renewal)
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public string Text => text;

    /// <summary>From this instant on a new request gets a new token.</summary>
    public DateTimeOffset Renewal => renewal;

    /// <summary>Whether the registry has taken it: when it is refused then, it has expired.</summary>
    public bool WasAccepted { get; set; }

    /// <summary>The identity token that takes the place of the one it was asked for with, if there is one.</summary>
    public string? NextIdentity { get; private init; }

    /// <summary>Reads the answer of a token service; <see langword="null"/> when it holds no token.</summary>
    public static AccessToken? Parse(ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, OciLimits.Json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || (Member(root, "token") ?? Member(root, "access_token"))
                is not { } token)
            {
                return null;
            }

            TimeSpan life = root.TryGetProperty("expires_in", out JsonElement seconds)
                && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out double value)
                ? TimeSpan.FromSeconds(Math.Clamp(value, ShortestLife.TotalSeconds, LongestLife.TotalSeconds))
                : ShortestLife;
            TimeSpan use = life * 0.8;
            return new AccessToken(token, now + (use < life - Margin ? use : life - Margin))
            {
                NextIdentity = Member(root, "refresh_token"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: a text that is no Unicode.
            return null;
        }
    }

    // What a header cannot carry (a line break, a letter beyond ASCII) is not a token.
    private static string? Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text && text.All(c => c is > ' ' and <= '~')
            ? text
            : null;
}
