using System.Text;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class ChunkedBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Each seed with a chunk size of its own.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(200, 25)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Chunks_of_any_size_joined_are_the_archive_of_the_same_plan(int seed)
    {
        SketchedBundle bundle = SketchedBundle.Random(seed);
        Random random = new(seed);
        long longest = bundle.Plan.Archives.Max(archive => archive.FileBytes);
        long chunkBytes = random.NextInt64((longest / 40) + 1, longest + 2);

        await DemandSameAsync(bundle, chunkBytes);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(700)]
    [InlineData(1024)]
    public async Task A_border_may_lie_within_a_header_or_between_two(long chunkBytes) =>
        await DemandSameAsync(SketchedBundle.Random(7), chunkBytes);

    [Fact]
    public async Task An_archive_that_fits_into_one_chunk_is_still_named_as_one()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        await BundleRun.CompleteAsync(bundle, _folder.FullName, Cancellation, chunkBytes: 10_000_000);

        Assert.Equal(
            [
                "bundle.json", "deckhousereleases.yaml", "module-console.tar.0000.chunk", "module-console.tar.json",
                "platform.tar.0000.chunk", "platform.tar.json",
            ],
            BundleRun.Files(_folder.FullName).Keys);
    }

    [Fact]
    public async Task A_border_on_the_end_makes_no_empty_chunk()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        long length = bundle.Plan.Archives[1].FileBytes;
        await BundleRun.CompleteAsync(bundle, _folder.FullName, Cancellation, chunkBytes: length / 2);

        Assert.Equal(
            [length / 2, length / 2],
            Directory.GetFiles(_folder.FullName, "platform.tar.*.chunk").Select(path => new FileInfo(path).Length));
    }

    [Fact]
    public async Task The_inventory_says_how_large_the_chunks_are_and_only_of_chunks()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        await BundleRun.CompleteAsync(bundle, _folder.Combine("whole"), Cancellation);
        await BundleRun.CompleteAsync(bundle, _folder.Combine("chunks"), Cancellation, chunkBytes: 100_000);
        string whole = Text(BundleRun.Files(_folder.Combine("whole")), "platform.tar.json");
        string chunks = Text(BundleRun.Files(_folder.Combine("chunks")), "platform.tar.json");

        Assert.DoesNotContain("chunkBytes", whole, StringComparison.Ordinal);
        Assert.Equal(
            whole, chunks.Replace("  \"chunkBytes\": 100000,\n", "", StringComparison.Ordinal));
        Assert.Equal(100_000, BundleJson.ReadInventory(Encoding.UTF8.GetBytes(chunks))!.ChunkBytes);
        Assert.NotNull(BundleJson.ReadInventory(Encoding.UTF8.GetBytes(whole)));
    }

    [Fact]
    public async Task GNU_tar_reads_the_chunks_one_after_the_other()
    {
        string tar = RealPart.OrSkip("tar");
        SketchedBundle bundle = SketchedBundle.Small();
        await BundleRun.CompleteAsync(bundle, _folder.FullName, Cancellation, chunkBytes: 30_001);
        SortedDictionary<string, byte[]> joined = BundleRun.Joined(_folder.FullName);
        foreach (ArchiveLayout layout in BundleLayout.Create(bundle.Plan))
        {
            string path = _folder.Combine("joined-" + layout.Name);
            await File.WriteAllBytesAsync(path, joined[layout.Name], Cancellation);

            ToolResult result = await Tool.RunAsync(tar, ["-tf", path], Cancellation);

            Assert.Equal(
                layout.Entries.Select(entry => entry.Path),
                Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private async Task DemandSameAsync(SketchedBundle bundle, long chunkBytes)
    {
        await BundleRun.CompleteAsync(bundle, _folder.Combine("whole"), Cancellation);
        await BundleRun.CompleteAsync(bundle, _folder.Combine("chunks"), Cancellation, chunkBytes: chunkBytes);
        SortedDictionary<string, byte[]> whole = BundleRun.Files(_folder.Combine("whole"));
        SortedDictionary<string, byte[]> joined = BundleRun.Joined(_folder.Combine("chunks"));
        foreach (string inventory in bundle.Plan.Archives.Select(archive => BundleNames.Inventory(archive.Name)))
        {
            Assert.Contains(
                $"\"chunkBytes\": {chunkBytes},", Text(joined, inventory), StringComparison.Ordinal);
            joined[inventory] = whole[inventory];
        }

        BundleRun.DemandSame(whole, joined);
        foreach (StoredArchive set in new BundleSet(new PhysicalDisk())
            .Find(_folder.Combine("chunks"), [], TestContext.Current.CancellationToken))
        {
            long[] lengths = [.. set.Files.Select(file => new FileInfo(set.PathOf(file)).Length)];
            Assert.All(lengths[..^1], length => Assert.Equal(chunkBytes, length));
            Assert.InRange(lengths[^1], 1, chunkBytes);
            using ArchiveReader reader = ArchiveReader.Open(new PhysicalDisk(), set, Cancellation);
            Assert.All(reader.Entries.Where(entry => entry.FileName is null), entry => Assert.Equal(
                bundle.Contents[entry.Digest], reader.ReadWhole(entry, int.MaxValue)));
        }
    }

    private static string Text(SortedDictionary<string, byte[]> files, string name) =>
        Encoding.UTF8.GetString(files[name]);
}
