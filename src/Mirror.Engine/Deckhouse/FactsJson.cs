using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mirror.Engine.Deckhouse;

/// <summary>Files that were found in an image, by name, as the spool keeps them: JSON with base64 content.</summary>
internal static partial class FactsJson
{
    public static byte[] Write(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        JsonSerializer.SerializeToUtf8Bytes(files, Context.Default.IReadOnlyDictionaryStringReadOnlyMemoryByte);

    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.Default.IReadOnlyDictionaryStringReadOnlyMemoryByte)!;

    [JsonSerializable(typeof(IReadOnlyDictionary<string, ReadOnlyMemory<byte>>))]
    private sealed partial class Context : JsonSerializerContext;
}
