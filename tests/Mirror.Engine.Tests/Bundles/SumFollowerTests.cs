using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Tests.Hashing;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>GOST sums are computed while archives fill, of bytes that this run proved.</summary>
public sealed class SumFollowerTests : IDisposable
{
    private const string Platform = "platform.tar";

    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _awaited = -1;
    private long _hashed;
    private int _files;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => _folder.Combine("bundle");

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task What_is_complete_from_the_front_is_hashed_while_a_later_blob_is_missing(long chunkBytes)
    {
        using BundleWriter writer = Writer(chunkBytes);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        await HashAllButLastAsync(writer);

        long all = writer.Layouts.Sum(layout => layout.Length);
        Assert.Equal(all - Final(writer).Sum(), writer.UnsummedBytes);
        Assert.InRange(writer.UnsummedBytes, 1, all / 2);
        Assert.InRange(writer.UnsummedFiles, 1, writer.Layouts.Sum(layout => layout.Parts.Length));
        BundleRun.Store(writer, _bundle, LastOf(writer));
        await writer.CommitAsync(Cancellation);
        Assert.Equal((0, 0), (writer.UnsummedBytes, writer.UnsummedFiles));
        Assert.Equal(writer.Layouts.Sum(layout => layout.Parts.Length), _files);
        DemandTrueSums(writer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_resumed_run_sums_everything_anew(long chunkBytes)
    {
        await InterruptAsync(chunkBytes);
        _hashed = 0;
        using BundleWriter writer = Writer(chunkBytes);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        await CompleteAsync(writer);

        Assert.Equal(writer.Layouts.Sum(layout => layout.Length), _hashed);
        DemandTrueSums(writer);
    }

    [Fact]
    public async Task A_resumed_run_sums_nothing_of_a_blob_before_it_is_proven()
    {
        await InterruptAsync(0);
        _hashed = 0;
        using BundleWriter writer = Writer();
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);
        Digest[] claimed = [.. _bundle.Contents.Keys.Where(digest => digest != LastOf(writer))];
        long before = FirstBlobs(writer.Layouts).Sum(entry => entry.DataOffset & -64);
        Volatile.Write(ref _awaited, before);
        Hashed(0);
        await _reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.All(claimed, digest => Assert.True(writer.IsClaimed(digest)));
        Assert.Equal(writer.Layouts.Sum(layout => layout.Length) - before, writer.UnsummedBytes);
        await CompleteAsync(writer);
        DemandTrueSums(writer);
    }

    [Fact]
    public async Task A_state_of_a_sum_in_a_journal_is_not_used()
    {
        ImmutableArray<ArchiveLayout> layouts = await InterruptAsync(0);
        JournalChain chain = new();
        string path = Path.Combine(Target, BundleNames.Journal(Platform));
        string[] lines = [.. (await File.ReadAllLinesAsync(path, Cancellation)).Select(line => line[17..])];
        await File.WriteAllBytesAsync(
            path,
            [.. lines.Append($"summed 0 {FirstBlobs(layouts).Min(entry => entry.DataOffset) & -64} {new('a', 272)}")
                .SelectMany(chain.Next)],
            Cancellation);
        using BundleWriter writer = Writer();
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        Assert.Contains(_bundle.Contents.Keys, writer.IsClaimed);
        await CompleteAsync(writer);
        DemandTrueSums(writer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_blob_that_changed_after_it_was_flushed_is_in_no_sum(long chunkBytes)
    {
        ArchiveEntry lost = AloneIn(await InterruptAsync(chunkBytes)).First().Entry;
        using (FileStream file = File.OpenWrite(PartAt(lost.DataOffset, chunkBytes, out long offset)))
        {
            file.Position = offset;
            file.WriteByte((byte)(_bundle.Contents[lost.Digest][0] ^ 1));
        }

        using BundleWriter writer = Writer(chunkBytes);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        await CompleteAsync(writer);

        Assert.Equal(FaultCode.DurableContentChanged, Assert.Single(writer.Damage).Code);
        DemandTrueSums(writer);
        Digest actual = Digest.OfSha256(writer.Layouts.Single(layout => layout.Name == Platform).Parts
            .SelectMany(file => File.ReadAllBytes(Path.Combine(Target, file.Name)))
            .Skip((int)lost.DataOffset).Take((int)lost.Size).ToArray());
        Assert.Equal(lost.Digest, actual);
    }

    [Fact]
    public async Task A_stored_state_is_not_used_for_an_archive_of_other_content()
    {
        await InterruptAsync(0);
        SketchedBundle other = SketchedBundle.Small(seed: 2);
        using BundleWriter writer = Writer();
        await BundleRun.PrepareAsync(writer, other, Cancellation);

        foreach (Digest digest in other.Contents.Keys)
        {
            BundleRun.Store(writer, other, digest);
        }

        await writer.CommitAsync(Cancellation);
        DemandTrueSums(writer);
    }

    [Fact]
    public async Task Without_sums_nothing_is_hashed()
    {
        using BundleWriter writer = BundleRun.Writer(Target);
        writer.SumProgress = new SumProgress(
            _ => Assert.Fail("Something was hashed."), () => Assert.Fail("A file was hashed."));
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        await CompleteAsync(writer);

        Assert.Empty(writer.Sums);
        Assert.Empty(Directory.GetFiles(Target, "*.gostsum"));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The last blob of an archive that is in no other place.</summary>
    private static Digest LastOf(BundleWriter writer) => Entries(writer)[LastIndexOf(writer)].Digest;

    private static int LastIndexOf(BundleWriter writer) => AloneIn(writer.Layouts).Last().Index;

    /// <summary>The blobs of an archive that are in no other place.</summary>
    private static IEnumerable<(ArchiveEntry Entry, int Index)> AloneIn(ImmutableArray<ArchiveLayout> layouts)
    {
        ILookup<Digest, ArchiveEntry> places =
            layouts.SelectMany(layout => layout.Entries).ToLookup(entry => entry.Digest);
        return layouts.Single(layout => layout.Name == Platform).Entries
            .Select((entry, index) => (entry, index))
            .Where(pair => pair.entry is { IsBlob: true, Size: > 0 } && places[pair.entry.Digest].Count() == 1);
    }

    /// <summary>The first blob of each archive: what lies before it was written by whoever opened it.</summary>
    private static IEnumerable<ArchiveEntry> FirstBlobs(ImmutableArray<ArchiveLayout> layouts) =>
        layouts.Select(layout => layout.Entries.First(entry => entry.IsBlob));

    private static ImmutableArray<ArchiveEntry> Entries(BundleWriter writer) =>
        writer.Layouts.Single(layout => layout.Name == Platform).Entries;

    /// <summary>How many bytes of each file can be hashed while that blob is missing.</summary>
    private static IEnumerable<long> Final(BundleWriter writer) => writer.Layouts.SelectMany(
        layout => layout.Parts,
        (layout, part) =>
        {
            long missing = Entries(writer)[LastIndexOf(writer)].DataOffset;
            if (layout.Name != Platform || layout.EntryFrom(part.Offset) - 1 > LastIndexOf(writer))
            {
                return part.Length;
            }

            long final = Math.Clamp(missing - part.Offset, 0, part.Length);
            return final == part.Length ? final : final & -64;
        });

    private async Task<ImmutableArray<ArchiveLayout>> InterruptAsync(long chunkBytes)
    {
        using BundleWriter writer = Writer(chunkBytes);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);
        await HashAllButLastAsync(writer);
        return writer.Layouts;
    }

    private async Task HashAllButLastAsync(BundleWriter writer)
    {
        Volatile.Write(ref _awaited, Final(writer).Sum());
        foreach (Digest digest in _bundle.Contents.Keys.Where(digest => digest != LastOf(writer)))
        {
            BundleRun.Store(writer, _bundle, digest);
        }

        Hashed(0);

        // No measure of speed: a follower that does not follow is to fail, not to hang.
        await _reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    private void Hashed(int bytes)
    {
        if (Interlocked.Add(ref _hashed, bytes) == Volatile.Read(ref _awaited))
        {
            _reached.TrySetResult();
        }
    }

    private string PartAt(long at, long chunkBytes, out long offset)
    {
        offset = chunkBytes == 0 ? at : at % chunkBytes;
        string name = chunkBytes == 0 ? Platform : new ChunkName(Platform, (int)(at / chunkBytes)).FileName;
        return Path.Combine(Target, BundleNames.Part(name));
    }

    private BundleWriter Writer(long chunkBytes = 0, string? directory = null)
    {
        BundleWriter writer = BundleRun.Writer(directory ?? Target, chunkBytes: chunkBytes, writesSums: true);
        writer.SumProgress = new SumProgress(Hashed, () => Interlocked.Increment(ref _files));
        return writer;
    }

    private async Task CompleteAsync(BundleWriter writer)
    {
        foreach (Digest digest in _bundle.Contents.Keys)
        {
            BundleRun.Store(writer, _bundle, digest);
        }

        await writer.CommitAsync(Cancellation);
    }

    private void DemandTrueSums(BundleWriter writer, string? directory = null)
    {
        string[] files = Directory.GetFiles(directory ?? Target, "*.gostsum");
        Assert.Equal(writer.Layouts.Sum(layout => layout.Parts.Length), files.Length);
        Assert.All(files, sum => Assert.Equal(
            StreebogOracle.Of(File.ReadAllBytes(Path.ChangeExtension(sum, null)), 256), File.ReadAllText(sum)));
    }
}
