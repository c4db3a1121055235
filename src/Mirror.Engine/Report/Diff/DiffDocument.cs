using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Report.Diff;

/// <summary>The members of a diff's file, in their order (docs/review.md#the-file).</summary>
internal sealed record DiffDocument(
    string Format,
    DiffDocumentSide From,
    DiffDocumentSide To,
    string Id,
    ImmutableArray<DiffDocumentArchive> Archives,
    DiffDocumentBytes Bytes,
    ImmutableArray<DiffDocumentNote> Notes,
    ImmutableArray<DiffDocumentRequirement> Requirements,
    ImmutableArray<DiffDocumentImage> Added,
    ImmutableArray<DiffDocumentImage> Moved,
    ImmutableArray<DiffDocumentImage> Gone,
    int OmittedNotes = 0);

internal sealed record DiffDocumentSide(string Kind, string Name, string State);

internal sealed record DiffDocumentArchive(
    string Name,
    DiffDocumentVersions Versions,
    ImmutableArray<DiffDocumentChannel> Channels,
    DiffDocumentCounts Counts,
    DiffDocumentBytes Bytes);

internal sealed record DiffDocumentVersions(ImmutableArray<string> Added, ImmutableArray<string> Gone);

internal sealed record DiffDocumentChannel(string Name, string? Was = null, string? Now = null);

internal sealed record DiffDocumentCounts(int Added, int Moved, int Gone);

/// <summary>Unknown images are written only when there are some.</summary>
internal sealed record DiffDocumentBytes(long New, long Known, long Gone, bool Exact, int? UnknownImages = null);

internal sealed record DiffDocumentNote(
    string Release, string Component, DiffNoteKind Kind, string Text, string? Link = null);

internal sealed record DiffDocumentRequirement(string Release, string Name, string? Value = null, string? Was = null);

/// <summary>A tag: what is new has no <c>was</c>, what is gone no <c>digest</c>.</summary>
internal sealed record DiffDocumentImage(
    string Archive, string Path, string Tag, string? Digest = null, string? Was = null);

/// <summary>How the file is written and read: an item on one line, and nothing that is not known.</summary>
[JsonSerializable(typeof(DiffDocument))]
internal sealed partial class DiffJson : JsonSerializerContext
{
    public static DiffJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = OciLimits.JsonDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<DiffNoteKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    });
}
