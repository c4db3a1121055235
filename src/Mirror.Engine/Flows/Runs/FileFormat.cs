using System.Text.Json;

namespace Mirror.Engine.Flows.Runs;

/// <summary>Tells the files of this tool apart by their first member, never by their name.</summary>
internal static class FileFormat
{
    /// <summary>The name of a format; a reader of that format reads the whole.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static string Find(byte[] content)
    {
        try
        {
            Utf8JsonReader reader = new(content);
            return reader.Read() && reader.Read() && reader.ValueTextEquals("format") && reader.Read()
                && reader.TokenType == JsonTokenType.String
                    ? reader.GetString()!
                    : throw new FormatException("it does not begin with its format.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("it is not JSON.", exception);
        }
    }
}
