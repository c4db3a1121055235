using System.Text;
using System.Text.Json;
using Mirror.TestKit.Content;

namespace Mirror.Engine.Tests.Kit;

/// <summary>A repository <c>app</c> with one image, for tests that look at single answers.</summary>
internal static class SmallContent
{
    public static readonly byte[] Layer = [.. Enumerable.Range(0, 1000).Select(number => (byte)(number % 251))];

    public static readonly byte[] Config = "{}"u8.ToArray();

    public static string LayerDigest => Sha256Digest.Of(Layer);

    public static byte[] Manifest { get; } = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        schemaVersion = 2,
        mediaType = MediaTypes.OciManifest,
        config = Descriptor("application/vnd.oci.image.config.v1+json", Config),
        layers = new[] { Descriptor(MediaTypes.OciLayer, Layer) },
    }));

    public static string ManifestDigest => Sha256Digest.Of(Manifest);

    public static byte[] Index { get; } = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        schemaVersion = 2,
        mediaType = MediaTypes.OciIndex,
        manifests = new[] { Descriptor(MediaTypes.OciManifest, Manifest) },
    }));

    public static ContentSet WithTags(params string[] tags)
    {
        var content = new ContentSet();
        var repository = content.Repository("app");
        repository.AddBlob(new BytesBlob(Layer));
        repository.AddBlob(new BytesBlob(Config));
        var manifest = new StoredManifest(MediaTypes.OciManifest, Manifest);
        repository.AddManifest(manifest);
        foreach (var tag in tags)
        {
            repository.AddManifest(manifest, tag);
        }

        return content;
    }

    private static object Descriptor(string mediaType, byte[] bytes) =>
        new { mediaType, size = bytes.Length, digest = Sha256Digest.Of(bytes) };
}
