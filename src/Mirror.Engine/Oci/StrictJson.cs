using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Mirror.Engine.Oci;

/// <summary>
/// Parses documents that other programs parse as well. What they could read in another way than we do is refused: names
/// that an object has twice, text that is not Unicode.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = OciLimits.JsonDepth,
        AllowDuplicateProperties = false,
    };

    /// <summary>Parses a document.</summary>
    /// <exception cref="FormatException">It is not JSON, or not JSON that everybody reads alike.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            CheckText(content.Span);
            return JsonDocument.Parse(content, Options);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"no JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Parses a document in order to change it; <see langword="null"/>: it is not an object.</summary>
    /// <exception cref="FormatException">As for <see cref="Parse"/>.</exception>
    public static JsonObject? ParseObject(ReadOnlyMemory<byte> content)
    {
        using JsonDocument document = Parse(content);
        return JsonNode.Parse(content.Span, nodeOptions: null, Options) as JsonObject;
    }

    /// <summary>The framework decodes a text only when asked for it: too late for a document that travels.</summary>
    private static void CheckText(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            throw new JsonException("it is not valid UTF-8.");
        }

        if (content.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        Utf8JsonReader reader = new(content, new JsonReaderOptions { MaxDepth = OciLimits.JsonDepth });
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true })
            {
                // Half of a surrogate pair throws.
                reader.GetString();
            }
        }
    }
}
