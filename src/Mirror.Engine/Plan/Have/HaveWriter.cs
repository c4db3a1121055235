using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mirror.Engine.Plan.Have;

/// <summary>
/// Writes an inventory of a target: members in a fixed order, names in ordinal order, one digest per line.
/// </summary>
internal static class HaveWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    public static byte[] Write(HaveFile file)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("format", HaveFile.CurrentFormat);
            WriteKnown(writer, "source", file.Source);
            WriteKnown(writer, "target", file.Target);
            writer.WriteString("state", file.StateId);
            writer.WriteString("basis", HaveReader.WordOf(file.Basis));
            writer.WriteString("checked", HaveReader.WordOf(file.Checked));
            WriteKnown(writer, "taken", file.TakenText);
            writer.WriteStartObject("repositories");
            foreach ((string path, HaveRepository repository) in file.Repositories)
            {
                Write(writer, path, repository);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, string path, HaveRepository repository)
    {
        writer.WriteStartObject(path);
        writer.WriteStartObject("tags");
        foreach ((string tag, Digest digest) in repository.Tags)
        {
            writer.WriteString(tag, digest.ToString());
        }

        writer.WriteEndObject();
        writer.WriteStartArray("blobs");
        foreach (Digest blob in repository.Blobs)
        {
            writer.WriteStringValue(blob.ToString());
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
