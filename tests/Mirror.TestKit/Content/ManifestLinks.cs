using System.Text.Json;

namespace Mirror.TestKit.Content;

/// <summary>The digests a manifest names: blobs (configuration and layers) and child manifests of an index.</summary>
public sealed record ManifestLinks(IReadOnlyList<string> Blobs, IReadOnlyList<string> Manifests)
{
    /// <summary>Reads the links out of the JSON of a manifest or index.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="InvalidDataException">The JSON is not a manifest.</exception>
    public static ManifestLinks Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("A manifest must be a JSON object.");
        }

        var blobs = Digests(root, "layers");
        if (root.TryGetProperty("config", out var config))
        {
            blobs.Insert(0, DigestOf(config));
        }

        return new ManifestLinks(blobs, Digests(root, "manifests"));
    }

    private static List<string> Digests(JsonElement root, string property) =>
        root.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(IsHere).Select(DigestOf)]
            : [];

    // A layer with "urls" may live elsewhere (foreign layers of the image specification).
    private static bool IsHere(JsonElement descriptor) =>
        descriptor.ValueKind != JsonValueKind.Object || !descriptor.TryGetProperty("urls", out _);

    private static string DigestOf(JsonElement descriptor) =>
        descriptor.ValueKind == JsonValueKind.Object
        && descriptor.TryGetProperty("digest", out var digest)
        && digest.ValueKind == JsonValueKind.String
            ? digest.GetString()!
            : throw new InvalidDataException("A descriptor without a digest.");
}
