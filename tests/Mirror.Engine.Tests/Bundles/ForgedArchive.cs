using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>An archive that a test takes apart, changes and puts together again, without code of the engine.</summary>
internal sealed class ForgedArchive
{
    public const string ShortTag = "io.deckhouse.image.short_tag";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    public List<ForgedEntry> Entries { get; } = [];

    public ForgedEntry this[string name] => Entries.Single(entry => entry.Name == name);

    /// <summary>Changes an archive on disk.</summary>
    public static void Change(string path, Action<ForgedArchive> change)
    {
        ForgedArchive archive = Read(path);
        change(archive);
        File.WriteAllBytes(path, archive.ToBytes());
    }

    public static ForgedArchive Read(string path)
    {
        ForgedArchive archive = new();
        using TarReader reader = new(File.OpenRead(path));
        while (reader.GetNextEntry() is { } entry)
        {
            byte[] content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            archive.Entries.Add(new ForgedEntry(entry.Name, content));
        }

        return archive;
    }

    public byte[] ToBytes() => [.. Entries.SelectMany(entry => entry.ToBytes()), .. new byte[1024]];

    public ForgedArchive Add(string name, params ReadOnlySpan<byte> content)
    {
        Entries.Add(new ForgedEntry(name, content.ToArray()));
        return this;
    }

    public void Remove(string name) => Entries.Remove(this[name]);

    public void Replace(string name, params byte[] content) =>
        Entries[Entries.IndexOf(this[name])] = this[name] with { Content = content };

    /// <summary>Changes the index of a layout.</summary>
    /// <param name="layout">The layout's path with a slash behind it; empty for the root.</param>
    /// <param name="change">What is done to it.</param>
    public void ChangeIndex(string layout, Action<JsonObject> change) =>
        Replace($"{layout}index.json", Changed(this[$"{layout}index.json"].Content, change));

    /// <summary>Changes the first descriptor of a layout's index.</summary>
    public void ChangeDescriptor(string layout, Action<JsonObject> change) =>
        ChangeIndex(layout, index => change(index["manifests"]![0]!.AsObject()));

    /// <summary>Changes the manifest of the first descriptor, whose digest and size follow.</summary>
    public void ChangeManifest(string layout, Action<JsonObject> change) =>
        PutManifest(layout, Changed(this[ManifestOf(layout)].Content, change));

    /// <summary>Gives the first descriptor another manifest.</summary>
    public void PutManifest(string layout, byte[] manifest)
    {
        string digest = DigestOf(manifest);
        Put(layout, manifest);
        ChangeDescriptor(layout, descriptor =>
        {
            descriptor["digest"] = digest;
            descriptor["size"] = manifest.Length;
        });
    }

    /// <summary>Adds a blob under its digest and gives a descriptor of it.</summary>
    public JsonObject Put(string layout, byte[] content, string mediaType = OciManifest)
    {
        string digest = DigestOf(content);
        string name = BlobName(layout, digest);
        if (Entries.All(entry => entry.Name != name))
        {
            Add(name, content);
        }

        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = content.Length };
    }

    /// <summary>The entry of the manifest of the first descriptor of a layout.</summary>
    public string ManifestOf(string layout) => BlobName(
        layout, JsonNode.Parse(this[$"{layout}index.json"].Content)!["manifests"]![0]!["digest"]!.GetValue<string>());

    /// <summary>The entry of the config of that manifest.</summary>
    public string ConfigOf(string layout) => BlobName(layout, Text(layout, "config"));

    /// <summary>The entry of the first layer of that manifest.</summary>
    public string LayerOf(string layout) => BlobName(layout, Text(layout, "layers"));

    /// <summary>Adds an entry before all others.</summary>
    public void Prepend(ForgedEntry entry) => Entries.Insert(0, entry);

    public static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private static string BlobName(string layout, string digest) =>
        $"{layout}blobs/{digest.Replace(':', '/')}";

    private string Text(string layout, string member)
    {
        JsonNode node = JsonNode.Parse(this[ManifestOf(layout)].Content)![member]!;
        return (node is JsonArray list ? list[0]! : node)["digest"]!.GetValue<string>();
    }

    private static byte[] Changed(byte[] content, Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(content)!.AsObject();
        change(json);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
