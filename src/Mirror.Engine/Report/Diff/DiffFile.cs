using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// A diff as a file, <c>deckhouse-mirror/diff/1</c> (docs/review.md#the-file): the same diff has the same bytes. What
/// is read is a text of others; <see cref="DiffDocumentCheck"/> says what makes it a diff.
/// </summary>
internal static class DiffFile
{
    public const string CurrentFormat = "deckhouse-mirror/diff/1";

    /// <summary>A diff of 100,000 images has half of it.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    public static string Write(MirrorDiff diff)
    {
        DiffJson json = DiffJson.Strict;
        StringBuilder text = new("{\n");
        AddMember(text, "format", CurrentFormat, json.String);
        AddMember(text, "from", SideOf(diff.From), json.DiffDocumentSide);
        AddMember(text, "to", SideOf(diff.To), json.DiffDocumentSide);
        AddMember(text, "id", diff.Id, json.String);
        AddList(text, "archives", diff.Archives.Select(ArchiveOf), json.DiffDocumentArchive);
        AddMember(text, "bytes", BytesOf(diff.Bytes), json.DiffDocumentBytes);
        AddList(
            text,
            "notes",
            diff.Notes.Select(note => new DiffDocumentNote(
                note.Release, note.Component, note.Kind, note.Text, note.Link)),
            json.DiffDocumentNote);
        if (diff.OmittedNotes > 0)
        {
            AddMember(text, "omittedNotes", diff.OmittedNotes, json.Int32);
        }

        AddList(
            text,
            "requirements",
            diff.Requirements.Select(requirement => new DiffDocumentRequirement(
                requirement.Release, requirement.Name, requirement.Value, requirement.Was)),
            json.DiffDocumentRequirement);
        AddList(text, "added", diff.Added.Select(ImageOf), json.DiffDocumentImage);
        AddList(text, "moved", diff.Moved.Select(ImageOf), json.DiffDocumentImage);
        AddList(text, "gone", diff.Gone.Select(ImageOf), json.DiffDocumentImage);
        text.Length -= ",\n".Length;
        return text.Append("\n}\n").ToString();
    }

    /// <summary>Reads a diff.</summary>
    /// <exception cref="FormatException">It is none, or says what cannot be; says why.</exception>
    public static MirrorDiff Read(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            throw new FormatException($"it has more than {MaxBytes} bytes.");
        }

        try
        {
            DiffDocument document = JsonSerializer.Deserialize(content, DiffJson.Strict.DiffDocument)
                ?? throw new FormatException("it is not an object.");
            return DiffDocumentCheck.Check(document);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is not a {CurrentFormat}: {exception.Message}", exception);
        }
    }

    private static void AddMember<T>(StringBuilder text, string name, T value, JsonTypeInfo<T> type) =>
        text.Append("  \"").Append(name).Append("\": ").Append(JsonSerializer.Serialize(value, type)).Append(",\n");

    private static void AddList<T>(StringBuilder text, string name, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        text.Append("  \"").Append(name).Append("\": [");
        string separator = "\n    ";
        foreach (T item in items)
        {
            text.Append(separator).Append(JsonSerializer.Serialize(item, type));
            separator = ",\n    ";
        }

        text.Append(separator[0] == ',' ? "\n  ],\n" : "],\n");
    }

    private static DiffDocumentSide SideOf(MirrorDiffSide side) => new(side.Kind, side.Name, side.StateId);

    private static DiffDocumentArchive ArchiveOf(DiffedArchive archive) => new(
        archive.Name,
        new DiffDocumentVersions(archive.VersionsAdded, archive.VersionsGone),
        [.. archive.Channels.Select(channel => new DiffDocumentChannel(channel.Name, channel.Was, channel.Now))],
        new DiffDocumentCounts(archive.Added, archive.Moved, archive.Gone),
        BytesOf(archive.Bytes));

    private static DiffDocumentBytes BytesOf(DiffedBytes bytes) => new(
        bytes.New, bytes.Known, bytes.Gone, bytes.IsExact, bytes.UnknownImages == 0 ? null : bytes.UnknownImages);

    private static DiffDocumentImage ImageOf(ChangedImage image) =>
        new(image.Archive, image.Path, image.Tag, image.Digest?.ToString(), image.Was?.ToString());
}
