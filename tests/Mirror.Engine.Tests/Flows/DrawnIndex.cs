using System.Text.Json.Nodes;
using Mirror.Engine.Oci;
using Mirror.TestKit.Content;
using Mirror.TestKit.Seeded;

namespace Mirror.Engine.Tests.Flows;

/// <summary>An index of images and indexes out of a seed: most are sound, some say something wrong somewhere.</summary>
internal sealed class DrawnIndex(RepositoryContent repository, int seed)
{
    private static readonly string[] Types =
    [
        MediaType.OciManifest, MediaType.OciIndex, MediaType.DockerManifest, "", "application/vnd.example.thing+json",
    ];

    private readonly Random _random = new(seed);
    private readonly List<JsonObject> _drawn = [];

    /// <summary>Puts it under a tag.</summary>
    public void Put(string tag)
    {
        for (int image = 0; image < 3; image++)
        {
            _drawn.Add(Image(image));
        }

        for (int index = _random.Next(1, 6); index > 0; index--)
        {
            _drawn.Add(Index(tag: null));
        }

        Index(tag);
    }

    private JsonObject Image(int number)
    {
        BytesBlob config = new([.. $"config {seed} {number}".Select(letter => (byte)letter)]);
        BytesBlob layer = new(TarGzip.Write([("file", $"{seed} {number}")]));
        repository.AddBlob(config);
        repository.AddBlob(layer);
        JsonObject manifest = new()
        {
            ["schemaVersion"] = 2,
            ["config"] = Described(config.Digest, config.Size, MediaType.OciConfig),
            ["layers"] = new JsonArray(
                Described(layer.Digest, layer.Size + Wrong(), "application/vnd.oci.image.layer.v1.tar+gzip")),
        };
        string type = MediaType.OciManifest;
        if (_random.Next(4) > 0)
        {
            manifest["mediaType"] = type;
        }

        return Store(manifest, type, null);
    }

    private JsonObject Index(string? tag)
    {
        JsonArray children = [];
        for (int child = _random.Next(1, 4); child > 0; child--)
        {
            // The last ones, so that some are nested deeply.
            JsonObject named = _drawn[^_random.Next(1, int.Min(4, _drawn.Count) + 1)].DeepClone().AsObject();
            named["size"] = named["size"]!.GetValue<long>() + Wrong();
            if (_random.Next(12) == 0)
            {
                named["mediaType"] = Types[_random.Next(Types.Length)];
            }

            children.Add(named);
        }

        return Store(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaType.OciIndex,
                ["manifests"] = children,
            },
            MediaType.OciIndex,
            tag);
    }

    private JsonObject Store(JsonObject document, string type, string? tag)
    {
        StoredManifest manifest = new(type, ImageWriter.Json(document));
        repository.AddManifest(manifest, tag);
        return Described(manifest.Digest, manifest.Bytes.Length, type);
    }

    private int Wrong() => _random.Next(25) == 0 ? 1 : 0;

    private static JsonObject Described(string digest, long size, string type) =>
        new() { ["mediaType"] = type, ["digest"] = digest, ["size"] = size };
}
