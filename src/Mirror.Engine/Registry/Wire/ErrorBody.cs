using System.Text;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// What a registry says with a failure: the JSON of distribution-spec "Error Codes", or any other text, made safe to
/// print.
/// </summary>
internal sealed record ErrorBody(ImmutableArray<string> Codes, string Text)
{
    private const int QuotedLength = 300;

    public static ErrorBody Empty { get; } = new([], "");

    /// <summary>A sentence to append to a message, with its leading space; empty when nothing was said.</summary>
    public string Said => Text.Length == 0 ? "" : $" It says: \"{Text}\".";

    public bool IsDenial => HasCode("UNAUTHORIZED") || HasCode("DENIED");

    public bool IsCut { get; init; }

    /// <summary>Whether it has not the form that registries give their errors; an empty one has.</summary>
    public bool IsForeign => Codes.IsEmpty && (IsCut || Text.Length > 0);

    /// <summary>Whether, sent with 404, it says something other than that a thing does not exist.</summary>
    public bool MeansAnother => HasCode("UNSUPPORTED") || HasCode("TOOMANYREQUESTS") || HasCode("UNAVAILABLE");

    public bool HasCode(string code) => Codes.Contains(code, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what a registry says. It may repeat what it was sent; secrets go before a cut.</summary>
    public static ErrorBody Parse(ReadOnlyMemory<byte> content, Redactor secrets)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, OciLimits.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out JsonElement errors)
                && errors.ValueKind == JsonValueKind.Array)
            {
                return OfErrors(errors, secrets);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Proxies and gateways answer in HTML or plain text; text inside JSON may be no UTF-8.
        }

        return new ErrorBody([], Clean(secrets.Redact(Encoding.UTF8.GetString(content.Span))));
    }

    /// <summary>Makes a foreign text printable: one line, no control characters, bounded.</summary>
    public static string Clean(string text)
    {
        StringBuilder line = new(Math.Min(text.Length, QuotedLength));
        foreach (char character in text)
        {
            if (line.Length == QuotedLength)
            {
                return line.Append('…').ToString();
            }

            if (!char.IsWhiteSpace(character) && !IsInvisible(character))
            {
                line.Append(character == '"' ? '\'' : character);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool IsInvisible(char character) => LogLine.IsUnprintable(character)
        || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.PrivateUse;

    private static ErrorBody OfErrors(JsonElement errors, Redactor secrets)
    {
        ImmutableArray<string>.Builder codes = ImmutableArray.CreateBuilder<string>();
        List<string> texts = [];
        foreach (JsonElement error in errors.EnumerateArray().Take(10))
        {
            string code = Member(error, "code");
            string message = Member(error, "message");
            codes.Add(code);
            texts.Add(string.Join(": ", new[] { code, message }.Where(part => part.Length > 0)));
        }

        string text = secrets.Redact(string.Join("; ", texts.Where(text => text.Length > 0)));
        return new ErrorBody(codes.ToImmutable(), Clean(text));
    }

    private static string Member(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
