using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mirror.Engine.Plan;

/// <summary>
/// Writes a lock: members in a fixed order, names in ordinal order, one image per line, so that a version control
/// system merges changes of different archives by itself.
/// </summary>
internal static class LockWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    public static byte[] Write(LockFile file)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("format", LockFile.CurrentFormat);
            writer.WriteString("source", file.Source);
            writer.WriteString("bundleFormat", file.BundleFormat);
            WriteSelection(writer, file.Selection);
            WriteTexts(writer, "floating", file.Floating);
            writer.WriteStartObject("archives");
            foreach (LockedArchive archive in file.Archives)
            {
                WriteArchive(writer, archive);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("files");
            foreach ((string name, Digest digest) in file.Files)
            {
                writer.WriteString(name, digest.ToString());
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSelection(
        Utf8JsonWriter writer, ImmutableSortedDictionary<string, LockedSetting> selection)
    {
        writer.WriteStartObject("selection");
        foreach ((string member, LockedSetting setting) in selection)
        {
            if (setting.IsList)
            {
                WriteTexts(writer, member, setting.Values);
            }
            else
            {
                writer.WriteString(member, setting.Values[0]);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteArchive(Utf8JsonWriter writer, LockedArchive archive)
    {
        writer.WriteStartObject(archive.Name);
        writer.WriteNumber("bytes", archive.Bytes);
        writer.WriteString("fingerprint", archive.Fingerprint);
        writer.WriteStartObject("layouts");
        foreach (LockedLayout layout in archive.Layouts)
        {
            writer.WriteStartObject(layout.Path);
            writer.WriteString("repository", layout.Repository);
            writer.WriteStartObject("tags");
            foreach (LockedImage image in layout.Images.Where(image => image.Tag is not null))
            {
                writer.WriteString(image.Tag!, image.Digest.ToString());
            }

            writer.WriteEndObject();
            WriteTexts(
                writer,
                "digests",
                [.. layout.Images.Where(image => image.Tag is null).Select(image => image.Digest.ToString())]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
