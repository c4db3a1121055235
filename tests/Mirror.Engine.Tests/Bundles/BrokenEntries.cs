namespace Mirror.Engine.Tests.Bundles;

/// <summary>Archives with entries that no bundle has.</summary>
internal static class BrokenEntries
{
    private const string Module = BrokenBundle.Module;
    private const string Layout = BrokenBundle.Layout;
    private const string Hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        Name("../evil"),
        Name("../../index.json"),
        Name("modules/../../index.json"),
        Name($"../blobs/sha256/{Hex}"),
        Name("/index.json"),
        Name($"/blobs/sha256/{Hex}"),
        Name("..\\..\\index.json"),
        Name("C:/index.json"),
        Name("a\u0001b/index.json", "'a?b/index.json'"),
        Name("Modules/Console/index.json"),
        Name("install/NUL"),
        Name("nul/index.json"),
        Name("install/readme.txt"),
        Name("index.json/index.json"),
        Name($"blobs/sha256/{Hex.ToUpperInvariant()}"),
        Name($"blobs/sha256/{Hex[1..]}"),
        Name($"blobs/md5/{Hex}"),
        Name($"{new string('n', 300)}/index.json", "'nnnnnnnn"),
        Kind("a symbolic link", '2', "/etc/passwd"),
        Kind("a hard link", '1', "index.json"),
        Kind("a character device", '3'),
        Kind("a block device", '4'),
        Kind("a named pipe", '6'),
        Kind("an old sparse file", 'S'),
        Row("an entry that is there twice, the second another one", [$"'{Layout}index.json' is there twice"],
            archive => archive.Add($"{Layout}index.json", "{}"u8)),
        Row("an entry that is there twice, once with a dot", [$"'{Layout}index.json' is there twice"],
            archive => archive.Add($"./{Layout}index.json", "{}"u8)),
        Row("an extended header that leads out of the folder", ["'../evil' is not a file of an OCI layout"],
            archive => archive.Prepend(BrokenArchives.Extended("path=../evil"))),
        Row("a folder that leads out of the folder", ["'../' is not a regular file"],
            archive => archive.Prepend(new ForgedEntry("../", []) { Type = '5' })),
        Row("a folder with content", ["is not a regular file"],
            archive => archive.Prepend(new ForgedEntry("modules/", [1, 2, 3]) { Type = '5' })),
    ];

    private static BrokenBundle Name(string name, string? shown = null) => Row(
        $"the name {shown ?? name}", [$"{shown ?? $"'{name}'"}"], archive => archive.Add(name, "x"u8));

    private static BrokenBundle Kind(string what, char type, string link = "") => Row(
        $"{what} in place of a layer",
        ["blobs/sha256/", "is not a regular file"],
        archive =>
        {
            string layer = archive.LayerOf(Layout);
            int index = archive.Entries.IndexOf(archive[layer]);
            archive.Entries[index] = new ForgedEntry(layer, []) { Type = type, Link = link };
        });

    private static BrokenBundle Row(string name, string[] says, Action<ForgedArchive> apply) => new(
        name,
        BundleForm.OfD8,
        "D8M6008",
        [$"{Module} is not an archive of OCI layouts", .. says],
        bundle => ForgedArchive.Change(bundle.PathOf(Module), apply));
}
