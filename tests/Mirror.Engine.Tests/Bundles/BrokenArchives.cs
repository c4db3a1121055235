using System.Text;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>Archives that are no whole tar, or whose headers claim what is not there.</summary>
internal static class BrokenArchives
{
    private const string Module = BrokenBundle.Module;
    private const long Enormous = 1L << 60;

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        Row("an archive cut within a layer", ["within an entry of", "blobs/sha256/"], path => Cut(path, 1024 + 512)),
        Row("an archive cut within a header", ["without an end-of-archive", "after "], path => Cut(path, 1024 - 100)),
        Row("an archive cut between two entries", ["without an end-of-archive", "after "], path => Cut(path, 1024)),
        Row("an empty file", ["without an end-of-archive marker"], path => File.WriteAllBytes(path, [])),
        Row("an archive of zeros", ["it is empty"], path => File.WriteAllBytes(path, new byte[1024])),
        Row("random bytes", ["before byte 512"],
            path => File.WriteAllBytes(path, SketchedBundle.Bytes(new Random(5), 8192))),
        Row("a byte of a header", ["wrong checksum (before byte 512)"], path => Set(path, 3, (byte)'X')),
        Row("an entry between the two blocks of the end mark", ["after half an end-of-archive marker"],
            path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path)[..^512], .. Entry("index.json")])),
        Row("a negative size", ["out of bounds"], path => Claim(path, ForgedEntry.Claim(-1))),
        Row("a size of an exbibyte", ["within an entry of", "'oci-layout'"],
            path => Claim(path, ForgedEntry.Claim(Enormous))),
        Row("a size of 8 GiB less a byte", ["within an entry of 8589934591 bytes, 'oci-layout'"],
            path => Claim(path, ForgedEntry.Claim((1L << 33) - 1))),
        Row("a size of 96 bits", ["out of bounds"], path => Claim(path, [0x80, 1, .. new byte[10]])),
        Row("a size that is no number", ["malformed number"], path => Claim(path, "0000000x004\0"u8.ToArray())),
        Row("a name of an exbibyte", ["within an entry of"], path => Prepend(path, Claimed('L'))),
        Row("an extended header of an exbibyte", ["within an entry of"], path => Prepend(path, Claimed('x'))),
        Row("a name of 5 KiB", ["a name or extended header has 5000 bytes"],
            path => Prepend(path, new ForgedEntry("././@LongLink", new byte[5000]) { Type = 'L' })),
        Row("an extended header of 70 KiB", ["a name or extended header has 70000 bytes"],
            path => Prepend(path, new ForgedEntry("x", new byte[70_000]) { Type = 'x' })),
        Row("an extended header that sizes an entry with an exbibyte",
            ["within an entry of 1152921504606846976", "'modules/console/"],
            path => Prepend(path, Extended($"size={Enormous}"))),
        Row("an extended header with a negative size", ["malformed size"], path => Prepend(path, Extended("size=-1"))),
        Row("an extended header that is none", ["an extended header is malformed"],
            path => Prepend(path, new ForgedEntry("x", "path=index.json\n"u8.ToArray()) { Type = 'x' })),
        Row("a global header that names entries", ["a global header names"],
            path => Prepend(path, Extended("path=index.json", 'g'))),
        Row("a sparse file", ["an entry is a sparse file"], path => Prepend(path, Extended("GNU.sparse.major=1"))),
    ];

    /// <summary>An extended header of one record.</summary>
    public static ForgedEntry Extended(string record, char type = 'x')
    {
        int length = record.Length + 4;
        string text = $"{(length >= 10 ? length : length - 1)} {record}\n";
        return new ForgedEntry("x", Encoding.UTF8.GetBytes(text)) { Type = type };
    }

    private static BrokenBundle Row(string name, string[] says, Action<string> apply) => new(
        name, BundleForm.OfD8, "D8M6007", [$"{Module} is damaged", .. says], bundle => apply(bundle.PathOf(Module)));

    private static void Cut(string path, int bytes) =>
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^bytes]);

    private static void Set(string path, int offset, byte value)
    {
        byte[] content = File.ReadAllBytes(path);
        content[offset] = value;
        File.WriteAllBytes(path, content);
    }

    private static byte[] Entry(string name) => [.. new ForgedEntry(name, [.. "body"u8]).ToBytes()];

    private static void Claim(string path, byte[] sizeField) =>
        Prepend(path, new ForgedEntry("oci-layout", []) { SizeField = sizeField });

    private static ForgedEntry Claimed(char type) =>
        new("././@LongLink", []) { Type = type, SizeField = ForgedEntry.Claim(Enormous) };

    private static void Prepend(string path, ForgedEntry entry) =>
        ForgedArchive.Change(path, archive => archive.Prepend(entry));
}
