using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Hashing;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// Whatever changed in an unfinished archive after an earlier run flushed it, the next run ends as if uninterrupted.
/// </summary>
public sealed class ProvenBytesTests
{
    private const string Folder = "/bundle";

    private readonly SketchedBundle _bundle = SketchedBundle.Small();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(7_001, true)]
    public async Task A_byte_that_changed_at_any_kind_of_place_is_mended(long chunkBytes, bool isLastBlobMissing)
    {
        SimulatedDisk whole = new();
        await CompleteAsync(whole, chunkBytes);
        SortedDictionary<string, byte[]> expected = whole.Files();
        Assert.All(expected.Where(file => BundleNames.SummedBy(file.Key) is not null), sum => Assert.Equal(
            StreebogOracle.Of(expected[BundleNames.SummedBy(sum.Key)!], 256), Encoding.ASCII.GetString(sum.Value)));
        int places = Places(chunkBytes).Count();
        Assert.InRange(places, 100, 1000);

        for (int number = 0; number < places; number++)
        {
            SimulatedDisk disk = new();
            await InterruptAsync(disk, chunkBytes, isLastBlobMissing);
            (string file, long offset) = Places(chunkBytes).ElementAt(number);
            Flip(disk, file, offset);

            await CompleteAsync(disk, chunkBytes);

            BundleRun.DemandSame(expected, disk.Files());
        }
    }

    [Fact]
    public async Task Every_byte_that_a_hostile_journal_claims_may_be_wrong()
    {
        SimulatedDisk whole = new();
        await CompleteAsync(whole, 0);
        SimulatedDisk disk = new();
        await InterruptAsync(disk, 0, isLastBlobMissing: false);
        foreach ((string name, byte[] content) in disk.Files().Where(
            file => file.Key.EndsWith(".part", StringComparison.Ordinal)))
        {
            for (int offset = 0; offset < content.Length; offset += 13)
            {
                Flip(disk, name, offset);
            }
        }

        await CompleteAsync(disk, 0);

        BundleRun.DemandSame(whole.Files(), disk.Files());
    }

    [Fact]
    public async Task A_copy_that_changed_while_its_first_place_did_not_is_written_again()
    {
        SimulatedDisk whole = new();
        await CompleteAsync(whole, 0);
        SimulatedDisk disk = new();
        await InterruptAsync(disk, 0, isLastBlobMissing: false);
        Digest shared = _bundle.Contents.MaxBy(blob => blob.Value.Length).Key;
        ArchiveLayout platform = BundleLayout.Create(_bundle.Plan).Single(layout => layout.Name == "platform.tar");
        foreach (ArchiveEntry entry in platform.Entries.Where(entry => entry.IsBlob && entry.Digest == shared).Skip(1))
        {
            Flip(disk, "platform.tar.part", entry.DataOffset + entry.Size - 1);
        }

        long before = disk.Files().Values.Sum(content => content.Length);
        using (OpenedBundle opened = await OpenAsync(disk, 0))
        {
            CommittedBundle committed = await BundleRun.CommitAsync(opened, _bundle, Cancellation);
            Assert.InRange(opened.BytesWritten, 1, before / 2);
            Assert.Equal(FaultCode.DurableContentChanged, Assert.Single(committed.Warnings).Code);
        }

        BundleRun.DemandSame(whole.Files(), disk.Files());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Only_what_was_flushed_to_these_files_of_this_start_is_told_as_damage(bool isNewBoot, int warnings)
    {
        SimulatedDisk disk = new();
        await InterruptAsync(disk, 0, isLastBlobMissing: false);
        disk.Restart(seed: 1, isNewBoot);
        ArchiveEntry entry = BundleLayout.Create(_bundle.Plan).Single(layout => layout.Name == "module-console.tar")
            .Entries.First(entry => entry.IsBlob && entry.Size > 0);
        Flip(disk, "module-console.tar.part", entry.DataOffset);

        CommittedBundle committed = await CompleteAsync(disk, 0);

        Assert.Equal(warnings, committed.Warnings.Length);
        Assert.All(committed.Warnings, fault => Assert.Equal(FaultCode.DurableContentChanged, fault.Code));
    }

    private static void Flip(SimulatedDisk disk, string file, long offset)
    {
        using IDiskFile opened = disk.OpenWrite(Path.Combine(Folder, file));
        byte[] one = new byte[1];
        Assert.Equal(1, opened.Read(one, offset));
        one[0] ^= 0x10;
        opened.Write(one, offset);
        opened.Flush();
    }

    private async Task InterruptAsync(SimulatedDisk disk, long chunkBytes, bool isLastBlobMissing)
    {
        using OpenedBundle opened = await OpenAsync(disk, chunkBytes);
        foreach (Digest digest in _bundle.Contents.Keys.Skip(isLastBlobMissing ? 1 : 0))
        {
            BundleRun.Store(opened.Writer, _bundle, digest);
        }

        // Ends after every copy is made, and before anything is published.
        await Assert.ThrowsAnyAsync<Exception>(() => opened.Writer.CommitAsync(new CancellationToken(canceled: true)));
    }

    private async Task<CommittedBundle> CompleteAsync(SimulatedDisk disk, long chunkBytes)
    {
        using OpenedBundle opened = await OpenAsync(disk, chunkBytes);
        return await BundleRun.CommitAsync(opened, _bundle, Cancellation);
    }

    private Task<OpenedBundle> OpenAsync(SimulatedDisk disk, long chunkBytes) => BundleRun.OpenAsync(
        _bundle, Folder, Cancellation, disk, new BundleOptions { ChunkBytes = chunkBytes, WritesSums = true });

    /// <summary>Headers, long names, metadata, both ends of blobs, padding, and the end of each archive.</summary>
    private IEnumerable<(string File, long Offset)> Places(long chunkBytes) =>
        from layout in BundleLayout.Create(_bundle.Plan, chunkBytes)
        from offset in layout.Entries.SelectMany(PlacesOf).Append(layout.Length - 1).Append(layout.Length - 1024)
        let part = layout.Parts.Last(part => part.Offset <= offset)
        select (part.StagedName, offset - part.Offset);

    private static IEnumerable<long> PlacesOf(ArchiveEntry entry) =>
        new[]
        {
            entry.HeaderOffset + 1, entry.DataOffset - 400, entry.DataOffset, entry.DataOffset + entry.Size - 1,
            entry.DataOffset + entry.Size, entry.DataOffset + TarHeader.Padded(entry.Size) - 1,
        }.Where(offset => entry.Size > 0 || offset < entry.DataOffset).Distinct();
}
