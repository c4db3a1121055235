namespace Mirror.Engine.Tests.Bundles;

/// <summary>Chunk sets that are not the ones that were written.</summary>
internal static class BrokenChunks
{
    /// <summary>The size of chunks in the bundles that are broken.</summary>
    public const int Size = 100_000;

    private const string Platform = BrokenBundle.Platform;
    private const string Module = BrokenBundle.Module;

    public static IReadOnlyList<BrokenBundle> All { get; } =
    [
        OfD8("the first chunk is missing", "D8M6012", ["platform.tar is missing the chunks 0000"],
            bundle => bundle.Delete(Chunk(0))),
        OfD8("a chunk in the middle is missing", "D8M6012", ["platform.tar is missing the chunks 0002"],
            bundle => bundle.Delete(Chunk(2))),
        OfD8("the last chunk is missing", "D8M6007", ["platform.tar (", "within an entry of", "in chunk"],
            bundle => bundle.Delete(Chunk(Count(bundle) - 1))),
        OfD8("an archive and its chunks", "D8M6011", ["platform.tar is there as one file and as"],
            bundle => File.WriteAllBytes(bundle.PathOf(Platform), Whole(bundle))),
        OfD8("a chunk with too many digits", "D8M6010", ["platform.tar.00001.chunk"],
            bundle => File.WriteAllBytes(bundle.PathOf("platform.tar.00001.chunk"), [1])),
        OfD8("a chunk named as in documents", "D8M6010", ["module-console-1.chunk"],
            bundle => File.WriteAllBytes(bundle.PathOf("module-console-1.chunk"), [1])),
        OfD8("an unfinished archive", "D8M6013", ["security.tar.0000.chunk.part"],
            bundle => File.WriteAllBytes(bundle.PathOf("security.tar.0000.chunk.part"), [1])),
        OfD8("two chunks in each other's place", "D8M6007",
            ["platform.tar (6 chunks) is damaged: a header", "in chunk 0001, after blobs/"],
            bundle => Swap(bundle, 1, 2)),
        OfD8("a chunk of another archive", "D8M6007", ["platform.tar (", "in chunk 000"],
            bundle => File.Copy(
                bundle.PathOf(BundleCopy.ChunkOf(Module, 0)), bundle.PathOf(Chunk(1)), overwrite: true)),
        OfD8("a chunk that is empty", "D8M6007", ["platform.tar (", "in chunk 000"],
            bundle => File.WriteAllBytes(bundle.PathOf(Chunk(1)), [])),
        OfD8("a byte of a header in a chunk", "D8M6007", ["wrong checksum (before byte 512 in chunk 0000)"],
            bundle => bundle.Flip(Chunk(0), 0)),
        OfD8("a byte of a layer in a chunk", "D8M7001",
            ["platform.tar (6 chunks) is damaged: blobs/sha256/", " (in chunk", "need"],
            bundle => bundle.Flip(Chunk(2), Size / 2)) with { IsSeenWhileSending = true },
        Ours("a chunk of ours is missing at the end", "D8M6007 D8M7008", ["is missing", ".chunk"],
            bundle => bundle.Delete(Chunk(Count(bundle) - 1))),
        Ours("a stale chunk behind the last", "D8M7008", [".chunk does not belong to it"],
            bundle => File.WriteAllText(bundle.PathOf(Chunk(Count(bundle))), "of an older pull")),
        Ours("an empty chunk behind the last", "D8M7008", [".chunk does not belong to it"],
            bundle => File.WriteAllText(bundle.PathOf(Chunk(Count(bundle))), "")),
        Ours("a last chunk that is too long", "D8M7008", ["bytes, not ", ".chunk has "],
            bundle => File.AppendAllText(bundle.PathOf(Chunk(Count(bundle) - 1)), "more")),
        Ours("a chunk of ours that is too short", "D8M6007 D8M7008",
            ["platform.tar.0001.chunk has 99488 bytes, not 100000"],
            bundle => bundle.Truncate(Chunk(1), 512)),
        Ours("a border of chunks that was moved", "D8M7008", ["platform.tar.0000.chunk has 99990 bytes, not 100000"],
            MoveBorder),
        Ours("chunks of ours as one file", "D8M7008", ["platform.tar is not the", "chunks of 100000 bytes"], bundle =>
        {
            byte[] whole = Whole(bundle);
            for (int number = Count(bundle) - 1; number >= 0; number--)
            {
                bundle.Delete(Chunk(number));
            }

            File.WriteAllBytes(bundle.PathOf(Platform), whole);
        }),
    ];

    public static int Count(BundleCopy bundle) => Directory.GetFiles(bundle.Folder, "platform.tar.*.chunk").Length;

    private static BrokenBundle OfD8(string name, string codes, string[] says, Action<BundleCopy> apply) =>
        new(name, BundleForm.ChunksOfD8, codes, says, apply);

    private static BrokenBundle Ours(string name, string codes, string[] says, Action<BundleCopy> apply) =>
        new(name, BundleForm.OurChunks, codes, ["platform.tar.json does not match", .. says], apply);

    private static string Chunk(int number) => BundleCopy.ChunkOf(Platform, number);

    private static byte[] Whole(BundleCopy bundle) =>
        [.. Enumerable.Range(0, Count(bundle)).SelectMany(number => File.ReadAllBytes(bundle.PathOf(Chunk(number))))];

    private static void Swap(BundleCopy bundle, int one, int other)
    {
        File.Move(bundle.PathOf(Chunk(one)), bundle.PathOf("aside"));
        File.Move(bundle.PathOf(Chunk(other)), bundle.PathOf(Chunk(one)));
        File.Move(bundle.PathOf("aside"), bundle.PathOf(Chunk(other)));
    }

    private static void MoveBorder(BundleCopy bundle)
    {
        byte[] first = File.ReadAllBytes(bundle.PathOf(Chunk(0)));
        byte[] second = File.ReadAllBytes(bundle.PathOf(Chunk(1)));
        File.WriteAllBytes(bundle.PathOf(Chunk(0)), first[..^10]);
        File.WriteAllBytes(bundle.PathOf(Chunk(1)), [.. first[^10..], .. second]);
    }
}
