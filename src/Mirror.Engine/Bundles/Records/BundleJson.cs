using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Records;

/// <summary>How the bundle's own JSON files are written: the same bytes on every system.</summary>
[JsonSerializable(typeof(BundleInventory))]
[JsonSerializable(typeof(BundleIndex))]
[JsonSerializable(typeof(CommitRecord))]
internal sealed partial class BundleJson : JsonSerializerContext
{
    private static readonly BundleJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        MaxDepth = OciLimits.JsonDepth,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new DigestJsonConverter() },
    });

    public static byte[] Write(BundleInventory inventory) =>
        JsonSerializer.SerializeToUtf8Bytes(inventory, Json.BundleInventory);

    public static byte[] Write(BundleIndex index) => JsonSerializer.SerializeToUtf8Bytes(index, Json.BundleIndex);

    public static byte[] Write(CommitRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Json.CommitRecord);

    /// <summary>The inventory, or <see langword="null"/> when the bytes are none of this format.</summary>
    public static BundleInventory? ReadInventory(ReadOnlySpan<byte> content) =>
        Read(content, Json.BundleInventory) is { Format: Records.BundleInventory.CurrentFormat } inventory
            && IsWhole(inventory.Layouts)
            && inventory.Layouts.All(layout => IsWhole(layout.Images)) ? inventory : null;

    public static BundleIndex? ReadIndex(ReadOnlySpan<byte> content) =>
        Read(content, Json.BundleIndex) is { Format: Records.BundleIndex.CurrentFormat } index
            && IsWhole(index.Archives)
            && (index.Files.IsDefault || IsWhole(index.Files))
            ? index with { Files = index.Files.IsDefault ? [] : index.Files }
            : null;

    /// <summary>The record, or <see langword="null"/> when the bytes are none of this format.</summary>
    public static CommitRecord? ReadCommit(ReadOnlySpan<byte> content) =>
        Read(content, Json.CommitRecord) is { Format: Records.CommitRecord.CurrentFormat } record
            && IsWhole(record.Steps) ? record : null;

    /// <summary>The serializer refuses a null only where it is no item of a list.</summary>
    private static bool IsWhole<T>(ImmutableArray<T> items)
        where T : class => !items.IsDefault && items.All(item => item is not null);

    private static T? Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Foreign or torn, whatever the serializer calls it: the callers treat all of it as "not ours".
            return null;
        }
    }
}

/// <summary>Reads digests parsed or not at all.</summary>
internal sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Digest.TryParse(reader.GetString(), out Digest digest)
            ? digest
            : throw new JsonException("A digest is expected.");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
