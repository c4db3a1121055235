using System.Text;
using System.Text.Json.Nodes;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Inventories that tell of another bundle, and bundles that are not those of their inventories.</summary>
internal static class BrokenInventories
{
    private const string Module = BrokenBundle.Module;
    private const string Inventory = Module + ".json";
    private const string Layout = BrokenBundle.Layout;

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        Told("another tag", ["modules/console:v9.9.9 = ", "modules/console:v1.0.0 = ", "is only in the archive"],
            image => image["tag"] = "v9.9.9"),
        Told("another digest", [$"modules/console:v1.0.0 = sha256:{new string('0', 64)}", "is not in the archive"],
            image => image["digest"] = $"sha256:{new string('0', 64)}"),
        Told("another size of an image", ["(7 bytes) is not in the archive"], image => image["bytes"] = 7),
        File("another length", [$"{Module} has ", " bytes, not 1024"], inventory => inventory["bytes"] = 1024),
        File("a negative length", ["is not the -5 bytes"], inventory => inventory["bytes"] = -5),
        File("chunks where there is one file", ["in chunks of 5000 bytes"],
            inventory => inventory["chunkBytes"] = 5000),
        File("billions of chunks", ["in chunks of 1 bytes"], inventory =>
        {
            inventory["bytes"] = long.MaxValue;
            inventory["chunkBytes"] = 1;
        }),
        File("another fingerprint", ["but other entries"], inventory => inventory["fingerprint"] = new string('0', 64)),
        File("another archive", ["it is that of platform.tar"], inventory => inventory["archive"] = "platform.tar"),
        File("another format", ["it cannot be read"], inventory => inventory["format"] = "something else"),
        File("no layouts", ["it cannot be read"], inventory => inventory.Remove("layouts")),
        File("layouts that are null", ["it cannot be read"], inventory => inventory["layouts"] = null),
        File("a layout that is null", ["it cannot be read"], inventory => inventory["layouts"]![0] = null),
        File("images that are null", ["it cannot be read"], inventory => inventory["layouts"]![0]!["images"] = null),
        File("an image that is null", ["it cannot be read"],
            inventory => inventory["layouts"]![0]!["images"]![0] = null),
        Told("a digest that is none", ["it cannot be read"], image => image["digest"] = "sha256:../../etc/passwd"),
        Row("an inventory that is cut off", Inventory, ["it cannot be read"],
            bundle => bundle.Truncate(Inventory, 40)),
        Row("an empty inventory", Inventory, ["it cannot be read"], bundle => Write(bundle, Inventory, "")),
        Row("an inventory that is too deep", Inventory, ["it cannot be read"],
            bundle => Write(bundle, Inventory, new string('[', 100_000))),
        Row("a bundle.json that cannot be read", "bundle.json", ["it cannot be read"],
            bundle => Write(bundle, "bundle.json", "{}")),
        Row("an archive of ours that goes on after its end", Inventory, [$"{Module} has "],
            bundle => System.IO.File.AppendAllText(bundle.PathOf(Module), "more")),
        Row("an archive of ours with half an end mark", Inventory, [$"{Module} has "],
            bundle => bundle.Truncate(Module, 512)),
        Row("an archive of another pull", Inventory, [$"{Module} has "],
            bundle => System.IO.File.Copy(bundle.PathOf("platform.tar"), bundle.PathOf(Module), overwrite: true)),
        Row("entries of ours in another order", Inventory, ["or their order"],
            bundle => ForgedArchive.Change(bundle.PathOf(Module), archive => archive.Entries.Reverse())),
        Row("a tag twice in an index of ours", Inventory, ["modules/console:v1.0.0 = ", "is only in the archive"],
            bundle => ForgedArchive.Change(bundle.PathOf(Module), archive => archive.ChangeIndex(Layout, index =>
            {
                JsonObject other = archive.Put(Layout, [.. archive[archive.ManifestOf(Layout)].Content, .. "\n"u8]);
                other["annotations"] = index["manifests"]![0]!["annotations"]!.DeepClone();
                index["manifests"]!.AsArray().Add(other);
            }))),
        Row("an archive of ours under another name", "module-other.tar.json", ["it is that of module-console.tar"],
            bundle =>
            {
                System.IO.File.Move(bundle.PathOf(Module), bundle.PathOf("module-other.tar"));
                System.IO.File.Move(bundle.PathOf(Inventory), bundle.PathOf("module-other.tar.json"));
            },
            "D8M7008 D8M7009"),
    ];

    private static BrokenBundle Told(string what, string[] says, Action<JsonObject> change) => File(
        what,
        says,
        inventory => change(inventory["layouts"]!.AsArray()
            .Single(layout => layout!["path"]!.GetValue<string>() == Layout[..^1])!["images"]![0]!.AsObject()));

    private static BrokenBundle File(string what, string[] says, Action<JsonObject> change) => Row(
        $"an inventory that tells of {what}",
        Inventory,
        says,
        bundle =>
        {
            JsonObject inventory = JsonNode.Parse(System.IO.File.ReadAllBytes(bundle.PathOf(Inventory)))!.AsObject();
            change(inventory);
            Write(bundle, Inventory, inventory.ToJsonString());
        });

    private static BrokenBundle Row(
        string name, string file, string[] says, Action<BundleCopy> apply, string codes = "D8M7008") =>
        new(name, BundleForm.Ours, codes, [$"{file} does not match the archive next to it: ", .. says], apply);

    private static void Write(BundleCopy bundle, string name, string text) =>
        System.IO.File.WriteAllBytes(bundle.PathOf(name), Encoding.UTF8.GetBytes(text));
}
