using Mirror.TestKit.Content;
using Mirror.TestKit.Seeded;

namespace Mirror.Engine.Tests.Deckhouse;

/// <summary>Ways in which a module of a sketched source can be broken; the module is on the channel stable.</summary>
internal static class SketchDamage
{
    private static readonly string Absent = new('0', 64);

    /// <summary>Draws a catalogue's item that is broken in the way of that name.</summary>
    public static void Broken(this SketchedSource source, string catalogue, string name, string damage)
    {
        string repository = $"{SketchedSource.Edition}/{catalogue}/{name}";
        source.Image($"{SketchedSource.Edition}/{catalogue}", [name]);
        if (damage is "no repository" or "no repository can have its name")
        {
            return;
        }

        source.Version(catalogue, name, "v1.0.0");
        source.Channel(catalogue, name, "stable", "v1.0.0");
        string releases = $"{repository}/{(catalogue == "packages" ? "version" : "release")}";
        switch (damage)
        {
            case "no version.json":
                source.Image(releases, ["stable"]);
                break;
            case "version.json is no JSON":
                source.Image(releases, ["stable"], ("version.json", "{"));
                break;
            case "version.json has no version":
                source.Image(releases, ["stable"], ("version.json", """{"version":"soon"}"""));
                break;
            case "no main image":
                source.Channel(catalogue, name, "alpha", "v2.0.0");
                break;
            case "no component":
                source.Version(catalogue, name, "v1.0.0", ("images_digests.json", $"\"sha256:{Absent}\""));
                break;
            case "no child of the index":
                source.Index(repository, "v1.0.0", $"sha256:{Absent}");
                break;
            case "a layer is no tar":
                source.Layer(repository, "v1.0.0", [0x1f, 0x8b, 1, 2, 3, 4, 5, 6]);
                break;
            case "no layer":
                string layer = source.Layer(repository, "v1.0.0", TarGzip.Write(("unique", name)));
                source.Content.Repository(repository).RemoveBlob(layer);
                break;
            case "extra_images.json is no object":
                source.Version(catalogue, name, "v1.0.0", ("extra_images.json", "[]"));
                break;
            case "the manifest is no manifest":
                source.Content.Repository(repository).AddManifest(
                    new StoredManifest(MediaTypes.OciManifest, "{}"u8.ToArray()), "v1.0.0");
                break;
            default:
                throw new ArgumentException($"Nothing is broken like that: {damage}.", nameof(damage));
        }
    }

    /// <summary>Adds an index of these children under a tag.</summary>
    public static void Index(
        this SketchedSource source, string repository, string tag, params ReadOnlySpan<string> children) =>
        source.Content.Repository(repository).AddManifest(
            new StoredManifest(MediaTypes.OciIndex, ImageWriter.Json(new
            {
                schemaVersion = 2,
                mediaType = MediaTypes.OciIndex,
                manifests = children.ToArray().Select(digest => new
                {
                    mediaType = MediaTypes.OciManifest,
                    digest,
                    size = Size(source.Content.Repository(repository), digest),
                    platform = new { os = "linux", architecture = "amd64" },
                }),
            })),
            tag);

    /// <summary>Adds an image of one layer with these bytes under a tag, and gives the layer's digest.</summary>
    public static string Layer(this SketchedSource source, string repository, string tag, byte[] content)
    {
        BytesBlob layer = new(content);
        ImageWriter.Add(source.Content.Repository(repository), ImageKind.Oci, $"{repository}:{tag}", [layer], tag);
        return layer.Digest;
    }

    private static long Size(RepositoryContent repository, string digest) =>
        repository.TryGetManifest(digest, out StoredManifest? child) ? child.Bytes.Length : 100;
}
