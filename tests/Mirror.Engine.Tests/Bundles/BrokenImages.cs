using System.Text.Json.Nodes;
using Mirror.Engine.Tests.Oci;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Archives whose images are not whole, not true, or of a kind that is not mirrored.</summary>
internal static class BrokenImages
{
    private const string Module = BrokenBundle.Module;
    private const string Layout = BrokenBundle.Layout;
    private const string Image = BrokenBundle.Image;
    private const string Content = "D8M7001";
    private const string Unusable = "D8M7002";
    private const string Missing = "D8M7003";

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        Row("a byte of a layer", Content, ["holds the content of sha256:", $"{Image} needs it"],
            archive => Flip(archive, archive.LayerOf(Layout))) with { IsSeenWhileSending = true },
        Row("a byte of a config", Content, ["holds the content of sha256:", $"{Image} needs it"],
            archive => Flip(archive, archive.ConfigOf(Layout))) with { IsSeenWhileSending = true },
        Row("a byte of a manifest", Content, ["holds the content of sha256:", $"{Image} needs it"],
            archive => Flip(archive, archive.ManifestOf(Layout))),
        Row("no layer", Missing, ["is missing", $"{Image} needs it"],
            archive => archive.Remove(archive.LayerOf(Layout))),
        Row("no config", Missing, ["is missing", $"{Image} needs it"],
            archive => archive.Remove(archive.ConfigOf(Layout))),
        Row("no manifest", Missing, ["is missing", $"{Image} needs it"],
            archive => archive.Remove(archive.ManifestOf(Layout))),
        Row("a folder in place of a layer", Missing, ["is missing", $"{Image} needs it"], archive =>
        {
            string layer = archive.LayerOf(Layout);
            archive.Entries[archive.Entries.IndexOf(archive[layer])] = new ForgedEntry(layer + "/", []) { Type = '5' };
        }),
        Row("a layer that is too short", Missing, ["bytes instead of", $"{Image} needs it"], archive =>
            archive.Replace(archive.LayerOf(Layout), archive[archive.LayerOf(Layout)].Content[..^1])),
        Row("a layer that only another layout has", Missing, ["is missing", $"{Image} needs it"], archive =>
        {
            string layer = archive.LayerOf(Layout);
            archive.Add(
                layer.Replace("console/", "console/release/", StringComparison.Ordinal), archive[layer].Content);
            archive.Remove(layer);
        }),
        Row("a descriptor of another size", Missing, ["bytes instead of", $"{Image} needs it"],
            archive => archive.ChangeDescriptor(
                Layout, descriptor => descriptor["size"] = descriptor["size"]!.GetValue<long>() + 1)),
        Row("a second descriptor of another size", Missing, ["bytes instead of", "modules/console:other needs it"],
            archive => AddDescriptor(archive, descriptor => descriptor["size"] = 1)),
        Row("a manifest that names another size", Missing, ["bytes instead of", $"{Image} needs it"],
            archive => archive.ChangeManifest(Layout, manifest => manifest["layers"]![0]!["size"] = 1)),
        Row("a manifest of a negative layer", Unusable, ["no usable size", Image],
            archive => archive.ChangeManifest(Layout, manifest => manifest["layers"]![0]!["size"] = -1)),
        Row("a manifest with a digest that is none", Unusable, ["no usable digest", Image],
            archive => archive.ChangeManifest(Layout, manifest => manifest["config"]!["digest"] = "sha256:00")),
        Row("a manifest without a config", Unusable, ["without config or layers", Image],
            archive => archive.ChangeManifest(Layout, manifest => manifest.Remove("config"))),
        Row("a manifest that is no JSON", Unusable, ["is no JSON", Image],
            archive => archive.PutManifest(Layout, [.. "manifest"u8])),
        Row("a manifest of 5 MiB", Unusable, ["more than the 4.2 MB allowed", Image],
            archive => archive.PutManifest(Layout, new byte[5 * 1024 * 1024])),
        Row("a manifest of another type than its descriptor", Unusable, ["but says it is", Image],
            archive => archive.ChangeDescriptor(
                Layout, descriptor => descriptor["mediaType"] = ForgedArchive.OciIndex)),
        Row("a second descriptor of another type", Unusable, ["modules/console:other", ForgedArchive.OciIndex],
            archive => AddDescriptor(archive, descriptor => descriptor["mediaType"] = ForgedArchive.OciIndex)),
        Row("a manifest of Docker's schema 1", Unusable, ["schema 1", Image], archive =>
        {
            archive.PutManifest(Layout, [.. """{"schemaVersion":1,"fsLayers":[{"blobSum":"sha256:00"}]}"""u8]);
            archive.ChangeDescriptor(Layout, descriptor =>
                descriptor["mediaType"] = "application/vnd.docker.distribution.manifest.v1+prettyjws");
        }),
        Row("an index that lacks a child", Missing, ["is missing", $"{Image} needs it"],
            archive => PutIndex(archive, new JsonObject
            {
                ["mediaType"] = ForgedArchive.OciManifest,
                ["digest"] = ForgedArchive.DigestOf([1]),
                ["size"] = 1,
            })),
        Row("indexes that are nested too deeply", Unusable, ["indexes are nested too deeply", Image], archive =>
        {
            JsonObject child = archive.Put(Layout, archive[archive.ManifestOf(Layout)].Content);
            for (int depth = 0; depth < 6; depth++)
            {
                child = archive.Put(Layout, IndexOf(child), ForgedArchive.OciIndex);
            }

            PutIndex(archive, child);
        }),
        Row("an index that names another size", Missing, ["bytes instead of", $"{Image} needs it"], archive =>
        {
            JsonObject child = archive.Put(Layout, archive[archive.ManifestOf(Layout)].Content);
            child["size"] = child["size"]!.GetValue<int>() + 5;
            PutIndex(archive, child);
        }),
        Row("an index that names another type", Unusable, ["but says it is", Image], archive => PutIndex(
            archive, archive.Put(Layout, archive[archive.ManifestOf(Layout)].Content, ForgedArchive.OciIndex))),
        Row("an index that names one image twice, of two types", Unusable, ["its descriptor says", Image], archive =>
        {
            JsonObject child = archive.Put(Layout, archive[archive.ManifestOf(Layout)].Content);
            JsonObject other = child.DeepClone().AsObject();
            other["mediaType"] = ForgedArchive.OciIndex;
            PutIndex(archive, other, child);
        }),
        .. AmbiguousManifest.All.Select(ambiguous => Row(ambiguous.Name, Unusable, [Image], archive =>
        {
            // Without a type of its own, so that only the manifest is to blame.
            archive.PutManifest(Layout, ambiguous.Apply(archive[archive.ManifestOf(Layout)].Content));
            archive.ChangeDescriptor(Layout, descriptor => descriptor.Remove("mediaType"));
        })),
    ];

    private static void Flip(ForgedArchive archive, string name)
    {
        byte[] content = [.. archive[name].Content];
        content[^1] ^= 1;
        archive.Replace(name, content);
    }

    private static void AddDescriptor(ForgedArchive archive, Action<JsonObject> change) =>
        archive.ChangeIndex(Layout, index =>
        {
            JsonObject other = index["manifests"]![0]!.DeepClone().AsObject();
            other["annotations"]![ForgedArchive.ShortTag] = "other";
            change(other);
            index["manifests"]!.AsArray().Add(other);
        });

    private static void PutIndex(ForgedArchive archive, params JsonObject[] children)
    {
        archive.PutManifest(Layout, IndexOf(children));
        archive.ChangeDescriptor(Layout, descriptor => descriptor["mediaType"] = ForgedArchive.OciIndex);
    }

    private static byte[] IndexOf(params JsonObject[] children) => ForgedArchive.Json(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ForgedArchive.OciIndex,
        ["manifests"] = new JsonArray([.. children.Select(child => child.DeepClone())]),
    });

    private static BrokenBundle Row(string name, string code, string[] says, Action<ForgedArchive> apply) => new(
        name,
        BundleForm.OfD8,
        code,
        [Module, Layout[..^1], .. says],
        bundle => ForgedArchive.Change(bundle.PathOf(Module), apply));
}
