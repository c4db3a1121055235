using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>What becomes of the files of an archive that lie in the folder in this form or in another.</summary>
public sealed class ChunkSetRulesTests : IDisposable
{
    private const long Size = 50_000;

    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_set_of_the_same_plan_and_chunk_size_is_kept()
    {
        await RunAsync(Size);
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);
        using (OpenedBundle opened = await BundleRun.OpenAsync(
            _bundle, _folder.FullName, Cancellation, options: new BundleOptions { ChunkBytes = Size }))
        {
            Assert.Equal(
                ["module-console.tar", "platform.tar"], opened.Prepared.Kept.Names.Order(StringComparer.Ordinal));
            await opened.Writer.CommitAsync(Cancellation);
            Assert.InRange(opened.BytesWritten, 0, 100);
        }

        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Theory]
    [InlineData(Size, 40_000)]
    [InlineData(Size, 0)]
    [InlineData(0, Size)]
    public async Task Another_chunk_size_is_a_conflict_that_names_the_files_and_is_replaced_by_force(
        long before, long after)
    {
        await RunAsync(before, gost: true);
        string[] files =
            [.. BundleRun.Files(_folder.FullName).Keys.Where(name => BundleNames.FormOf(name) is not null)];

        Fault fault = await RefusalAsync(after);
        await RunAsync(after, force: true);

        Assert.Equal(FaultCode.BundleConflict, fault.Code);
        Assert.Contains($": {string.Join(", ", files)}.", fault.Message, StringComparison.Ordinal);
        BundleRun.DemandSame(await FreshAsync(after, gost: false), BundleRun.Files(_folder.FullName));
    }

    [Theory]
    [InlineData(Size, 40_000)]
    [InlineData(40_000, Size)]
    [InlineData(0, Size)]
    [InlineData(Size, 0)]
    public async Task Forced_sums_are_those_of_the_new_files_and_no_old_one_stays(long before, long after)
    {
        await RunAsync(before, gost: true);

        await RunAsync(after, force: true, gost: true);

        SortedDictionary<string, byte[]> files = BundleRun.Files(_folder.FullName);
        BundleRun.DemandSame(await FreshAsync(after, gost: true), files);
        Assert.Equal(
            files.Keys.Where(name => BundleNames.ArchiveOf(name) is not null),
            files.Keys.Select(BundleNames.SummedBy).OfType<string>());
    }

    [Theory]
    [InlineData("platform.tar.0001.chunk", -1)]
    [InlineData("platform.tar.0001.chunk", 1)]
    [InlineData("platform.tar.0000.chunk", null)]
    [InlineData("platform.tar.0001.chunk", null)]
    public async Task A_set_that_lacks_something_is_a_conflict(string file, int? bytes)
    {
        await RunAsync(Size);
        if (bytes is { } more)
        {
            await using FileStream stream = File.OpenWrite(_folder.Combine(file));
            stream.SetLength(stream.Length + more);
        }
        else
        {
            File.Delete(_folder.Combine(file));
        }

        Fault fault = await RefusalAsync(Size);

        Assert.Equal(FaultCode.BundleConflict, fault.Code);
        Assert.Contains("platform.tar.0002.chunk", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("module-console", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("platform.tar")]
    [InlineData("platform.tar.0099.chunk")]
    [InlineData("platform.tar.0099.chunk.gostsum")]
    [InlineData("platform.tar.gostsum")]
    public async Task A_stale_form_beside_a_kept_set_is_a_conflict_and_is_all_that_force_removes(string name)
    {
        await RunAsync(Size, gost: true);
        SortedDictionary<string, byte[]> before = BundleRun.Files(_folder.FullName);
        await File.WriteAllTextAsync(_folder.Combine(name), "stale", Cancellation);

        Fault fault = await RefusalAsync(Size);
        await RunAsync(Size, force: true, gost: true);

        Assert.Contains($": {name}.", fault.Message, StringComparison.Ordinal);
        BundleRun.DemandSame(before, BundleRun.Files(_folder.FullName));
    }

    [Fact]
    public async Task Parts_that_a_run_with_another_chunk_size_left_are_removed_and_foreign_ones_are_not()
    {
        foreach (string name in (string[])["platform.tar.part", "platform.tar.0077.chunk.part",
            "platform.tar.0077.chunk.gostsum.part", "platform.tar.0077.chunk.tmp", "film.tar.0000.chunk.part"])
        {
            await File.WriteAllTextAsync(_folder.Combine(name), "left", Cancellation);
        }

        await RunAsync(Size);

        Assert.Equal(
            ["film.tar.0000.chunk.part", "platform.tar.0077.chunk.tmp"],
            BundleRun.Files(_folder.FullName).Keys.Where(name => name.EndsWith(".part", StringComparison.Ordinal)
                || name.EndsWith(".tmp", StringComparison.Ordinal)));
    }

    private async Task<SortedDictionary<string, byte[]>> FreshAsync(long chunkBytes, bool gost)
    {
        using TemporaryFolder fresh = new();
        await RunAsync(chunkBytes, gost: gost, directory: fresh.FullName);
        return BundleRun.Files(fresh.FullName);
    }

    private async Task RunAsync(long chunkBytes, bool force = false, bool gost = false, string? directory = null)
    {
        using OpenedBundle opened = await BundleRun.OpenAsync(
            _bundle,
            directory ?? _folder.FullName,
            Cancellation,
            options: new BundleOptions { ChunkBytes = chunkBytes, WritesSums = gost, Force = force });
        await BundleRun.CommitAsync(opened, _bundle, Cancellation);
    }

    private async Task<Fault> RefusalAsync(long chunkBytes) => (await Assert.ThrowsAsync<MirrorException>(
        () => RunAsync(chunkBytes))).Faults[0];
}
