using System.Collections.Immutable;
using Mirror.Engine.Archives;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Mirror.Engine.Tests.Archives;
using Mirror.Engine.Tests.Deckhouse;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>Layers, packed and not, and the headers in them.</summary>
internal static class LayerTargets
{
    /// <summary>A header may declare a body up to its bound, and a frame of Zstandard a block.</summary>
    private const long Bodies = 2 * (OciLimits.LayerFileBytes + OciLimits.LayerHeaderBytes);

    private static readonly byte[] Tar = new HostileLayer()
        .Text("./folder/other", "text")
        .Text("@LongLink", new string('n', 150) + "\0", 'L')
        .Pax("mtime", "1.5")
        .Text("version.json", """{"version":"v1.0.0"}""")
        .Pax("GNU.sparse.major", "1")
        .Header("a/.wh.b", 0, '0')
        .Raw(new byte[1024]).Bytes;

    private static readonly ImmutableArray<string> Words =
        ["\0", "0", "7", "ustar\0", "ustar  \0", "version.json", ".wh.", "/", "..", "L", "x", "g", "S", "\u0080"];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("layer", Search, [Tar, Tar[..1024], []], Words)
        {
            Covers = ["LayerSearch.Read", "ScannedHeader.Parse"],
            Mend = TarChecksums.Mend,
            FreeBytes = Bodies,
        },
        new("layer with gzip", Search, [Layer.Gzip(Tar)], ["\u001f\u008b", "\0", "\u00ff"])
        {
            Covers = ["LayerSearch.Read", "UnpackedLayer.PackingOf"],
            FreeBytes = Bodies,
        },
        new(
            "layer with zstd",
            Search,
            [Layer.Zstandard(Tar), [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]],
            ["\0", "P*M\u0018"])
        {
            Covers = ["LayerSearch.Read", "UnpackedLayer.PackingOf"],
            FreeBytes = Bodies,
        },
        new("layer within gzip", bytes => Search(Layer.Gzip(bytes)), [Tar], Words)
        {
            Covers = ["LayerSearch.Read"],
            Mend = TarChecksums.Mend,
            FreeBytes = Bodies,
        },
        FuzzTarget.OfText("pax", "PaxRecords.Parse", bytes => Formats(() => _ = PaxRecords.Parse(bytes).Path),
            ["11 path=ab\n12 size=123\n", "23 GNU.sparse.name=a/b\n", "30 mtime=1700000000.123456789\n"],
            ["path", "size", "=", "\n", " ", "GNU.sparse.", "9", "\0"]),
    ];

    private static void Search(byte[] bytes) => Formats(() =>
    {
        using MemoryStream content = new(bytes);
        new LayerSearch(["version.json", "images_digests.json"]).Read(content, CancellationToken.None);
    });
}
