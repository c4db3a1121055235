using System.Text.Json.Nodes;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>An archive that a test draws image by image, as d8 would have written it.</summary>
internal sealed class DrawnArchive
{
    public const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string Config = "application/vnd.oci.image.config.v1+json";

    public ForgedArchive Archive { get; } = new();

    /// <summary>Draws a layout with images under tags, each image named by a label.</summary>
    /// <param name="path">The path with a slash behind it; empty for the root.</param>
    /// <param name="images">Tags, which may be null, and labels of images.</param>
    public DrawnArchive Layout(string path, params (string? Tag, string Label)[] images) =>
        Descriptors(path, [.. images.Select(image => Tagged(Manifest(path, image.Label), image.Tag))]);

    /// <summary>Draws a layout with these descriptors.</summary>
    public DrawnArchive Descriptors(string path, params JsonNode[] descriptors)
    {
        Archive.Add($"{path}oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8);
        Archive.Add($"{path}index.json", ForgedArchive.Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JsonArray(descriptors),
        }));
        return this;
    }

    /// <summary>Draws an image and gives its descriptor.</summary>
    public JsonObject Manifest(string path, string label)
    {
        JsonObject config = Archive.Put(path, ForgedArchive.Json(new { label }), Config);
        JsonObject layer = Archive.Put(path, ForgedArchive.Json(new { layer = label }), Layer);
        return Archive.Put(path, ForgedArchive.Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ForgedArchive.OciManifest,
            ["config"] = config,
            ["layers"] = new JsonArray(layer),
        }));
    }

    public static JsonObject Tagged(JsonObject descriptor, string? tag)
    {
        if (tag is not null)
        {
            descriptor["annotations"] = new JsonObject { [ForgedArchive.ShortTag] = tag };
        }

        return descriptor;
    }

    public void Write(string file) => File.WriteAllBytes(file, Archive.ToBytes());
}
