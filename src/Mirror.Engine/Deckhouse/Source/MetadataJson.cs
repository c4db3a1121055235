using System.Text.Json;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Deckhouse.Source;

/// <summary>
/// The border to metadata files in JSON: bounded, and whatever is wrong with one comes out as one kind of exception.
/// </summary>
internal static class MetadataJson
{
    /// <summary>Reads what is needed out of a file; the reader may throw what the framework throws.</summary>
    /// <exception cref="FormatException">It is no JSON, has another shape, or is beyond the bounds.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> content, Func<JsonElement, T> read)
    {
        CheckSize(content.Length);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, OciLimits.Json);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is not FormatException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>As above, of a file in an image.</summary>
    /// <exception cref="MirrorException">D8M3007: it cannot be read so.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> content, string reference, string file, Func<JsonElement, T> read)
    {
        try
        {
            return Read(content, read);
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DeckhouseFaults.FileMalformed(reference, file, exception.Message), exception);
        }
    }

    /// <summary>Refuses a document that no reader is given.</summary>
    /// <exception cref="FormatException">It is too large.</exception>
    public static void CheckSize(int bytes)
    {
        if (bytes > OciLimits.DocumentBytes)
        {
            throw new FormatException($"it has {bytes} bytes; {OciLimits.DocumentBytes} are allowed.");
        }
    }
}
