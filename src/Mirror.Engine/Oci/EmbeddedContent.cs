using System.Security.Cryptography;
using System.Text.Json;

namespace Mirror.Engine.Oci;

/// <summary>
/// Content that a manifest carries itself, in the <c>data</c> of a descriptor (image-spec, descriptor.md): some
/// registries keep it nowhere else. What does not have the size and digest that the descriptor states is not taken.
/// </summary>
internal static class EmbeddedContent
{
    private static readonly ImmutableArray<string> Lists = ["layers", "blobs", "manifests"];

    /// <summary>Reads it; never more than the manifest has bytes.</summary>
    public static ImmutableArray<(Digest Digest, byte[] Content)> Extract(ReadOnlyMemory<byte> manifest)
    {
        // Nearly no manifest has any: those are not parsed once more.
        if (manifest.Span.IndexOf("\"data\""u8) < 0)
        {
            return [];
        }

        using JsonDocument document = StrictJson.Parse(manifest);
        JsonElement root = document.RootElement;
        ImmutableArray<(Digest Digest, byte[] Content)>.Builder found =
            ImmutableArray.CreateBuilder<(Digest Digest, byte[] Content)>();
        foreach (JsonElement descriptor in Descriptors(root))
        {
            if (descriptor.ValueKind == JsonValueKind.Object
                && descriptor.TryGetProperty("data", out JsonElement data)
                && data.ValueKind == JsonValueKind.String
                && data.TryGetBytesFromBase64(out byte[]? content)
                && ManifestReader.ReadDescriptor(descriptor) is var named
                && named.Size == content.Length
                && named.Digest.SameAlgorithm(CryptographicOperations.HashData(named.Digest.HashName, content))
                    == named.Digest)
            {
                found.Add((named.Digest, content));
            }
        }

        return found.ToImmutable();
    }

    private static IEnumerable<JsonElement> Descriptors(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (root.TryGetProperty("config", out JsonElement config))
        {
            yield return config;
        }

        foreach (string name in Lists)
        {
            if (root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement descriptor in list.EnumerateArray())
                {
                    yield return descriptor;
                }
            }
        }
    }
}
