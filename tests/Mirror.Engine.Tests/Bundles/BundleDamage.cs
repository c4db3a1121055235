namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// A way in which a bundle goes bad, and how a push says so. The tests of the front ends link this file, too; codes
/// are written out, as users see them.
/// </summary>
/// <param name="Name">What happened, for people.</param>
/// <param name="Code">The code of the fault.</param>
/// <param name="File">The file that the fault names.</param>
/// <param name="Item">What it names in that file, or about it.</param>
/// <param name="Apply">Does it.</param>
internal sealed record BundleDamage(string Name, string Code, string File, string Item, Action<BundleCopy> Apply)
{
    private const string Platform = "platform.tar";
    private const string PlatformSum = "platform.tar.gostsum";
    private const string Module = "module-console.tar";
    private const int ChunkBytes = 100_000;

    public static IReadOnlyList<BundleDamage> All { get; } =
    [
        new("truncated archive", "D8M6007", Platform, "within an entry", bundle => bundle.Truncate(Platform, 4096)),
        new("lost end", "D8M6007", Platform, "without an end-of-archive", bundle => bundle.Truncate(Platform, 1024)),
        new("empty file", "D8M6007", Platform, "end-of-archive marker",
            bundle => System.IO.File.WriteAllBytes(bundle.PathOf(Platform), [])),
        new("missing last chunk", "D8M6007", "platform.tar (7 chunks)", "within an entry",
            bundle => bundle.Delete(BundleCopy.ChunkOf(Platform, bundle.Split(Platform, ChunkBytes) - 1))),
        new("missing first chunk", "D8M6012", Platform, "0000", bundle => LoseChunk(bundle, 0)),
        new("missing inner chunk", "D8M6012", Platform, "0003", bundle => LoseChunk(bundle, 3)),
        new("both forms", "D8M6011", Platform, "as one file and as 8 chunks", HaveBothForms),
        new("byte in a layer", "D8M7001", Module, "blobs/sha256/",
            bundle => bundle.Flip(Module, bundle.LargestBlob(Module).Offset + 7)),
        new("byte in an index", "D8M7002", Module, "'modules/console'",
            bundle => bundle.Flip(Module, bundle.BodyOf(Module, "modules/console/index.json"))),
        new("byte in a tar header", "D8M6007", Platform, "wrong checksum", bundle => bundle.Flip(Platform, 30)),
        new("parent folder", "D8M6008", Platform, "'../evil'", bundle => bundle.Prepend(Platform, "../evil", '0')),
        new("absolute path", "D8M6008", Platform, "'/index.json'",
            bundle => bundle.Prepend(Platform, "/index.json", '0')),
        new("symbolic link", "D8M6008", Platform, "'blobs' is not a regular file",
            bundle => bundle.Prepend(Platform, "blobs", '2', "/etc")),
        new("hard link", "D8M6008", Platform, "'index.json' is not a regular file",
            bundle => bundle.Prepend(Platform, "index.json", '1', "/etc/passwd")),
        new("wrong sum", "D8M7004", Platform, "platform.tar.gostsum says", bundle => WriteSum(bundle, new('0', 64))),
        new("missing sum", "D8M7005", Platform, "platform.tar.gostsum does not exist",
            bundle => bundle.Delete(PlatformSum)),
        new("empty sum", "D8M7006", PlatformSum, "64 hex digits", bundle => WriteSum(bundle, "")),
        new("missing archive", "D8M7007", PlatformSum, "does not", bundle => bundle.Delete(Platform)),
    ];

    /// <summary>Only who checks the sums sees it.</summary>
    public bool IsAboutSums => string.CompareOrdinal(Code, "D8M7004") >= 0;

    /// <summary>Nothing is sent at all, as it is seen before; bytes of a layer are seen when they are sent.</summary>
    public bool IsSeenBeforehand => Code != "D8M7001";

    public static BundleDamage Of(string name) => All.Single(damage => damage.Name == name);

    /// <summary>Makes a bundle that is damaged in this way.</summary>
    public BundleCopy Make()
    {
        BundleCopy bundle = new("0.33", "platform", "module-console");
        Apply(bundle);
        return bundle;
    }

    private static void LoseChunk(BundleCopy bundle, int number)
    {
        bundle.Split(Platform, ChunkBytes);
        bundle.Delete(BundleCopy.ChunkOf(Platform, number));
    }

    private static void HaveBothForms(BundleCopy bundle)
    {
        byte[] whole = System.IO.File.ReadAllBytes(bundle.PathOf(Platform));
        bundle.Split(Platform, ChunkBytes);
        System.IO.File.WriteAllBytes(bundle.PathOf(Platform), whole);
    }

    private static void WriteSum(BundleCopy bundle, string text) =>
        System.IO.File.WriteAllText(bundle.PathOf(PlatformSum), text);
}
