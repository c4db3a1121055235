using System.Text;
using System.Text.Json.Nodes;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Archives whose layouts or indexes cannot be used.</summary>
internal static class BrokenLayouts
{
    private const string Module = BrokenBundle.Module;
    private const string Layout = BrokenBundle.Layout;
    private const string Index = Layout + "index.json";
    private const string LayoutFile = Layout + "oci-layout";

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        Row("no oci-layout", ["there is no oci-layout"], archive => archive.Remove(LayoutFile)),
        Row("no index.json", ["there is no index.json"], archive => archive.Remove(Index)),
        Row("an oci-layout of another version", ["names the version '2.0.0'"],
            archive => archive.Replace(LayoutFile, [.. """{"imageLayoutVersion":"2.0.0"}"""u8])),
        Row("an empty oci-layout", ["oci-layout is no JSON"], archive => archive.Replace(LayoutFile)),
        Row("an oci-layout of 1 MiB", ["oci-layout has 1.0 MB, more than the 65.5 kB"],
            archive => archive.Replace(LayoutFile, new byte[1024 * 1024])),
        Row("a byte of index.json", ["index.json is no JSON"],
            archive => archive.Replace(Index, [(byte)'z', .. archive[Index].Content[1..]])),
        Row("an index.json that is too deep", ["index.json is no JSON"],
            archive => archive.Replace(Index, Encoding.ASCII.GetBytes(new string('[', 100_000)))),
        Row("an index.json of 65 MiB", ["index.json has 68.2 MB, more than the 67.1 MB"],
            archive => archive.Replace(Index, new byte[65 * 1024 * 1024])),
        Row("an index.json that is a list", ["index.json is not a JSON object"],
            archive => archive.Replace(Index, [.. "[]"u8])),
        Row("an index.json without manifests", ["has no list of manifests"],
            archive => archive.ChangeIndex(Layout, index => index.Remove("manifests"))),
        Row("an index.json whose manifests are a number", ["wrong JSON type"],
            archive => archive.ChangeIndex(Layout, index => index["manifests"] = 7)),
        Digest("in upper case", digest => digest.ToUpperInvariant()),
        Digest("of another algorithm", digest => digest.Replace("sha256", "md5", StringComparison.Ordinal)),
        Digest("that is too short", digest => digest[..^1]),
        Digest("that is a path", _ => "sha256:../../../../etc/passwd"),
        Row("a descriptor of a negative size", ["no usable size"],
            archive => archive.ChangeDescriptor(Layout, descriptor => descriptor["size"] = -1)),
        Row("a descriptor of an exbibyte", ["no usable size"],
            archive => archive.ChangeDescriptor(Layout, descriptor => descriptor["size"] = 1L << 60)),
        Row("a descriptor without a tag", ["has no tag"],
            archive => archive.ChangeDescriptor(Layout, descriptor => descriptor.Remove("annotations"))),
        Row("a descriptor with a tag that is a path", ["has an invalid tag: '../evil'"],
            archive => archive.ChangeDescriptor(
                Layout, descriptor => descriptor["annotations"]![ForgedArchive.ShortTag] = "../evil")),
        Row("a descriptor with a tag of another type", ["wrong JSON type"], archive => archive.ChangeDescriptor(
            Layout, descriptor => descriptor["annotations"]![ForgedArchive.ShortTag] = new JsonArray())),
    ];

    private static BrokenBundle Digest(string what, Func<string, string> change) => Row(
        $"a digest {what}",
        ["a descriptor has no usable digest"],
        archive => archive.ChangeDescriptor(
            Layout, descriptor => descriptor["digest"] = change(descriptor["digest"]!.GetValue<string>())));

    private static BrokenBundle Row(string name, string[] says, Action<ForgedArchive> apply) => new(
        name,
        BundleForm.OfD8,
        "D8M7002",
        [Module, "'modules/console'", .. says],
        bundle => ForgedArchive.Change(bundle.PathOf(Module), apply));
}
