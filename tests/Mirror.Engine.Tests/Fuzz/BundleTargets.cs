using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Disk;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;
using Mirror.Engine.Tests.Archives;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Plan;
using Mirror.Engine.Tests.Plan.Have;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>What lies in a folder that a bundle was carried in: archives, records, journals, sums, names.</summary>
internal static class BundleTargets
{
    private const string Hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly byte[] Tar = new HostileLayer()
        .Text("modules/x/oci-layout", """{"imageLayoutVersion":"1.0.0"}""")
        .Text("modules/x/index.json", "{}")
        .Pax("path", "modules/x/blobs/sha256/" + Hex)
        .Text("short", "{}")
        .Text("@LongLink", "modules/y/oci-layout\0", 'L')
        .Text("long", "x")
        .Raw(new byte[1024]).Bytes;

    private static readonly ImmutableArray<string> JsonWords =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e9", "\\ud800", "\\u0000",
        "\"archives\"", "\"steps\"",
        "\"layouts\"", "\"images\"", "\"files\"", "\"digest\"", "\"format\"",
    ];

    private static readonly ImmutableArray<string> Names =
    [
        ".tar", ".chunk", ".0000", ".part", ".tmp", ".json", ".gostsum", ".journal", "/", "..", "-", "_",
        "\u202e", "\0",
        "con", "platform", "module-x", "blobs/sha256/", "99999",
    ];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("archive", bytes => Faults(() => ScanArchive(bytes)), [Tar, Tar[..2048]],
            ["\0", "0", "ustar\0", "oci-layout", "blobs/sha256/", "/", "..", "L", "x", "g", "S", "\u0080"])
        {
            Covers = ["TarScan.Scan", "ScannedHeader.Parse", "PaxRecords.Parse"],
            Mend = TarChecksums.Mend,
            FreeBytes = 1024 * 1024,
        },
        FuzzTarget.OfText("entry name", "ScannedEntry.TryParse", bytes =>
            {
                if (ScannedEntry.TryParse(Utf8(bytes), out ScannedEntry entry))
                {
                    _ = entry.Path;
                }
            },
            [$"modules/x/blobs/sha256/{Hex}", "index.json", "a/b/oci-layout"],
            Names),
        FuzzTarget.OfText("file name", "ChunkName.Parse ChunkName.IsPhantom BundleNames.ArchiveOf", bytes =>
            {
                string name = Utf8(bytes);
                ChunkName.Parse(name);
                ChunkName.IsPhantom(name);
                BundleNames.ArchiveOf(name);
                BundleNames.IsArchive(name);
                BundleNames.JournalledBy(name);
            },
            ["platform.tar.0000.chunk", "module-x.tar.10000.chunk", "a.tar.gostsum", "a.tar.part"],
            Names),
        FuzzTarget.OfText("journal", "JournalLines.Read", bytes => JournalLines.Read(bytes),
            [
                $"deckhouse-mirror/journal/1 platform.tar {new string('a', 64)} 716288 0 {new string('b', 64)}\n"
                    + $"written 1024 400 sha256:{Hex}\nbegun 2048 100 sha256:{Hex}\ndurable 1\n"
                    + $"summed 0 64 {new string('0', 528)}",
            ],
            ["written ", "begun ", "durable ", "summed ", "\n", " ", "sha256:", Hex, "-", "9"]) with { Mend = Chain },
        FuzzTarget.OfText("inventory", "BundleJson.ReadInventory", bytes => BundleJson.ReadInventory(bytes),
            [
                $$$"""
                {"format":"{{{BundleInventory.CurrentFormat}}}","archive":"a.tar","bytes":5,
                "fingerprint":"x","source":"s","layouts":[{"path":"p",
                "images":[{"tag":"t","digest":"sha256:{{{Hex}}}","bytes":2}]}]}
                """,
            ],
            JsonWords),
        FuzzTarget.OfText("bundle.json", "BundleJson.ReadIndex", bytes => BundleJson.ReadIndex(bytes),
            [
                $$"""
                {"format":"{{BundleIndex.CurrentFormat}}","archives":[{"archive":"a.tar","images":1}],
                "files":[{"name":"x","bytes":1,"sha256":"sha256:{{Hex}}"}]}
                """,
            ],
            JsonWords),
        FuzzTarget.OfText("lock", "LockReader.Read",
            bytes => Formats(() => LockReader.Read(bytes)),
            [LockReaderTests.Good],
            [.. JsonWords, "\"tags\"", "\"digests\"", "\"repository\"", "<<<<<<< ", "../"]),
        FuzzTarget.OfText("have", "HaveReader.Read",
            bytes => Formats(() => HaveReader.Read(bytes)),
            [HaveReaderTests.Filled(HaveReaderTests.Good)],
            [.. JsonWords, "\"tags\"", "\"blobs\"", "\"state\"", "\"basis\"", "sha256:", "../"]),
        FuzzTarget.OfText("commit", "BundleJson.ReadCommit", bytes => BundleJson.ReadCommit(bytes),
            [$$"""{"format":"{{CommitRecord.CurrentFormat}}","steps":[{"from":"a.part","to":"a"},{"from":"b"}]}"""],
            JsonWords),
        FuzzTarget.OfText("gost sum", "GostSums.Parse GostSumLine.Read", bytes => GostSums.Parse(bytes, "platform.tar"),
            [
                new string('a', 64), new string('A', 64) + "  platform.tar\n",
                "GOST (platform.tar) = " + new string('b', 64), "g(platform.tar)= " + new string('c', 64),
            ],
            ["(", ")", "=", " ", "*", "\n", "platform.tar", "a", "/", "\\"]),
    ];

    private static void ScanArchive(byte[] bytes)
    {
        SimulatedDisk disk = new();
        disk.Put(new Dictionary<string, byte[]> { ["a.tar"] = bytes });
        using IDiskFile archive = disk.OpenRead("/bundle/a.tar");
        TarScan.Scan(archive, "a.tar", CancellationToken.None, out _);
    }

    /// <summary>Each line with its check value over itself and those before it.</summary>
    private static byte[] Chain(byte[] lines)
    {
        JournalChain chain = new();
        return [.. Encoding.UTF8.GetString(lines).Split('\n').SelectMany(chain.Next)];
    }
}
