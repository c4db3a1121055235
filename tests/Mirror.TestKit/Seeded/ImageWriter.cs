using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Seeded;

/// <summary>Puts an image into a repository: configuration, manifest, blobs, tags.</summary>
public static class ImageWriter
{
    // The default encoder would write "+json" as "\u002Bjson": equal as JSON, strange to read in a test's output.
    private static readonly JsonSerializerOptions Plain = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Adds the image and gives its digest. The label makes two images of equal layers differ.</summary>
    public static string Add(
        RepositoryContent repository,
        ImageKind kind,
        string label,
        IReadOnlyList<BlobContent> layers,
        params ReadOnlySpan<string> tags) => Add(repository, kind, label, layers, null, tags);

    /// <summary>Adds an image whose manifest has annotations.</summary>
    public static string Add(
        RepositoryContent repository,
        ImageKind kind,
        string label,
        IReadOnlyList<BlobContent> layers,
        IReadOnlyDictionary<string, string>? annotations,
        params ReadOnlySpan<string> tags)
    {
        var config = new BytesBlob(Config(label, layers));
        var manifest = new StoredManifest(kind.Manifest, Json(new
        {
            schemaVersion = 2,
            mediaType = kind.Manifest,
            config = Descriptor(kind.Config, config),
            layers = layers.Select(layer => Descriptor(kind.Layer, layer)),
            annotations,
        }));
        repository.AddBlob(config);
        foreach (var layer in layers)
        {
            repository.AddBlob(layer);
        }

        repository.AddManifest(manifest);
        foreach (var tag in tags)
        {
            repository.AddManifest(manifest, tag);
        }

        return manifest.Digest;
    }

    /// <summary>Adds an index of images that are in the repository, and gives its digest.</summary>
    public static string AddIndex(
        RepositoryContent repository,
        IReadOnlyList<string> children,
        IReadOnlyDictionary<string, string>? annotations,
        params ReadOnlySpan<string> tags)
    {
        var index = new StoredManifest(MediaTypes.OciIndex, Json(new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciIndex,
            manifests = children.Select(child => Child(repository, child)),
            annotations,
        }));
        repository.AddManifest(index);
        foreach (var tag in tags)
        {
            repository.AddManifest(index, tag);
        }

        return index.Digest;
    }

    /// <summary>Compact JSON, the same on every machine.</summary>
    public static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Plain);

    /// <summary>The same as text, for files inside layers.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Plain);

    // Layers are opaque bytes, so their digests stand in for those of their unpacked form; nothing here unpacks them.
    private static byte[] Config(string label, IReadOnlyList<BlobContent> layers) => Json(new
    {
        architecture = "amd64",
        os = "linux",
        created = "2025-01-01T00:00:00Z",
        config = new { Labels = new { name = label } },
        rootfs = new { type = "layers", diff_ids = layers.Select(layer => layer.Digest) },
    });

    private static object Child(RepositoryContent repository, string digest) =>
        repository.TryGetManifest(digest, out var manifest)
            ? new { mediaType = manifest.MediaType, size = manifest.Bytes.Length, digest }
            : new { mediaType = MediaTypes.OciManifest, size = 1, digest };

    private static object Descriptor(string mediaType, BlobContent blob) =>
        new { mediaType, size = blob.Size, digest = blob.Digest };
}
