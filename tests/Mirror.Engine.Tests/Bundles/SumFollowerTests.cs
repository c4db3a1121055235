using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;
using Mirror.Engine.Bundles.Sums;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Disk;
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
    private readonly ManualResetEventSlim _isCounted = new();
    private Action _look = () => { };
    private (long Bytes, int Files) _unsummed;
    private long _hashed;
    private int _files;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => _folder.Combine("bundle");

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task What_is_complete_from_the_front_is_hashed_while_a_later_blob_is_missing(long chunkBytes)
    {
        using OpenedBundle opened = await OpenAsync(chunkBytes);

        await HashAllButLastAsync(opened);

        (long Bytes, int Files) all = All(opened.Prepared.Layouts);
        Assert.InRange(opened.Writer.UnsummedBytes, 1, all.Bytes / 2);
        Assert.InRange(opened.Writer.UnsummedFiles, 1, all.Files);
        DemandTrueSums(await BundleRun.CommitAsync(opened, _bundle, Cancellation));
        Assert.Equal((0, 0), (opened.Writer.UnsummedBytes, opened.Writer.UnsummedFiles));
        Assert.Equal(all, (_hashed, _files));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_resumed_run_sums_everything_anew(long chunkBytes)
    {
        ImmutableArray<ArchiveLayout> layouts = await InterruptAsync(chunkBytes);
        using OpenedBundle opened = await OpenAsync(chunkBytes);

        Assert.Equal(All(layouts), _unsummed);
        DemandTrueSums(await BundleRun.CommitAsync(opened, _bundle, Cancellation));
        Assert.Equal((0, 0), (opened.Writer.UnsummedBytes, opened.Writer.UnsummedFiles));
        Assert.Equal(All(layouts), (_hashed, _files));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_resumed_run_sums_nothing_of_a_blob_before_it_is_proven(long chunkBytes)
    {
        ImmutableArray<ArchiveLayout> layouts = await InterruptAsync(chunkBytes);
        using OpenedBundle opened = await OpenAsync(chunkBytes);
        await HashAsync(opened.Writer, Unsummed(layouts, entry => entry.IsBlob));

        Assert.All(
            _bundle.Contents.Keys.Where(digest => digest != LastOf(layouts)),
            digest => Assert.True(opened.Writer.IsClaimed(digest)));
        DemandTrueSums(await BundleRun.CommitAsync(opened, _bundle, Cancellation));
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
        using OpenedBundle opened = await OpenAsync();

        Assert.Contains(_bundle.Contents.Keys, opened.Writer.IsClaimed);
        DemandTrueSums(await BundleRun.CommitAsync(opened, _bundle, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_blob_that_changed_after_it_was_flushed_is_in_no_sum(long chunkBytes)
    {
        ArchiveEntry lost = AloneIn(await InterruptAsync(chunkBytes)).First();
        using (FileStream file = File.OpenWrite(PartAt(lost.DataOffset, chunkBytes, out long offset)))
        {
            file.Position = offset;
            file.WriteByte((byte)(_bundle.Contents[lost.Digest][0] ^ 1));
        }

        using OpenedBundle opened = await OpenAsync(chunkBytes);

        CommittedBundle committed = await BundleRun.CommitAsync(opened, _bundle, Cancellation);

        Assert.Equal(FaultCode.DurableContentChanged, Assert.Single(committed.Warnings).Code);
        DemandTrueSums(committed);
        Digest actual = Digest.OfSha256(committed.Layouts.Single(layout => layout.Name == Platform).Parts
            .SelectMany(file => File.ReadAllBytes(Path.Combine(Target, file.Name)))
            .Skip((int)lost.DataOffset).Take((int)lost.Size).ToArray());
        Assert.Equal(lost.Digest, actual);
    }

    [Fact]
    public async Task A_stored_state_is_not_used_for_an_archive_of_other_content()
    {
        await InterruptAsync(0);
        SketchedBundle other = SketchedBundle.Small(seed: 2);
        using OpenedBundle opened = await OpenAsync(bundle: other);

        DemandTrueSums(await BundleRun.CommitAsync(opened, other, Cancellation));
    }

    [Fact]
    public async Task Without_sums_nothing_is_hashed()
    {
        using OpenedBundle opened = await BundleRun.OpenAsync(_bundle, Target, Cancellation);
        opened.Writer.SumProgress = new SumProgress(
            _ => Assert.Fail("Something was hashed."), () => Assert.Fail("A file was hashed."));
        Assert.Equal(0, opened.Writer.UnsummedBytes);

        Assert.Empty((await BundleRun.CommitAsync(opened, _bundle, Cancellation)).Sums);
        Assert.Empty(Directory.GetFiles(Target, "*.gostsum"));
    }

    public void Dispose()
    {
        _isCounted.Dispose();
        _folder.Dispose();
    }

    /// <summary>The last blob of an archive that is in no other place.</summary>
    private static Digest LastOf(ImmutableArray<ArchiveLayout> layouts) => AloneIn(layouts).Last().Digest;

    /// <summary>The blobs of an archive that are in no other place.</summary>
    private static IEnumerable<ArchiveEntry> AloneIn(ImmutableArray<ArchiveLayout> layouts)
    {
        ILookup<Digest, ArchiveEntry> places =
            layouts.SelectMany(layout => layout.Entries).ToLookup(entry => entry.Digest);
        return layouts.Single(layout => layout.Name == Platform).Entries
            .Where(entry => entry is { IsBlob: true, Size: > 0 } && places[entry.Digest].Count() == 1);
    }

    /// <summary>The first blob of each archive: what lies before it was written by whoever opened it.</summary>
    private static IEnumerable<ArchiveEntry> FirstBlobs(ImmutableArray<ArchiveLayout> layouts) =>
        layouts.Select(layout => layout.Entries.First(entry => entry.IsBlob));

    /// <summary>All bytes and files.</summary>
    private static (long Bytes, int Files) All(ImmutableArray<ArchiveLayout> layouts) =>
        (layouts.Sum(layout => layout.Length), layouts.Sum(layout => layout.Parts.Length));

    /// <summary>The bytes that cannot be hashed while some blobs are missing.</summary>
    private static long Unsummed(ImmutableArray<ArchiveLayout> layouts, Func<ArchiveEntry, bool> isMissing) =>
        layouts.Sum(layout => layout.Parts.Sum(part =>
        {
            // The body of the entry before may reach into this file.
            long missing = layout.Entries.Skip(layout.EntryFrom(part.Offset) - 1).Where(isMissing)
                .Select(entry => entry.DataOffset).FirstOrDefault(layout.Length);
            long final = Math.Clamp(missing - part.Offset, 0, part.Length);
            return part.Length - (final == part.Length ? final : final & -64);
        }));

    /// <summary>Waits until only so many bytes are not hashed.</summary>
    private async Task HashAsync(BundleWriter writer, long unsummed)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _look = () =>
        {
            if (writer.UnsummedBytes == unsummed)
            {
                reached.TrySetResult();
            }
        };
        _look();

        // No measure of speed: a follower that does not follow is to fail, not to hang.
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    private async Task<ImmutableArray<ArchiveLayout>> InterruptAsync(long chunkBytes)
    {
        using OpenedBundle opened = await OpenAsync(chunkBytes);
        await HashAllButLastAsync(opened);
        return opened.Prepared.Layouts;
    }

    private async Task HashAllButLastAsync(OpenedBundle opened)
    {
        Digest last = LastOf(opened.Prepared.Layouts);
        foreach (Digest digest in _bundle.Contents.Keys.Where(digest => digest != last))
        {
            BundleRun.Store(opened.Writer, _bundle, digest);
        }

        await HashAsync(
            opened.Writer, Unsummed(opened.Prepared.Layouts, entry => entry.IsBlob && entry.Digest == last));
    }

    private string PartAt(long at, long chunkBytes, out long offset)
    {
        offset = chunkBytes == 0 ? at : at % chunkBytes;
        string name = chunkBytes == 0 ? Platform : new ChunkName(Platform, (int)(at / chunkBytes)).FileName;
        return Path.Combine(Target, BundleNames.Part(name));
    }

    /// <summary>Opens a bundle of which nothing is hashed before it is counted.</summary>
    private async Task<OpenedBundle> OpenAsync(long chunkBytes = 0, SketchedBundle? bundle = null)
    {
        CancellationToken cancellation = Cancellation;
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isCounted.Reset();
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            BeforeRead = _ =>
            {
                if (Thread.CurrentThread.Name?.StartsWith("bundle sums", StringComparison.Ordinal) == true)
                {
                    reached.TrySetResult();
                    _isCounted.Wait(cancellation);
                }
            },
        };
        OpenedBundle opened = await BundleRun.OpenAsync(
            bundle ?? _bundle,
            Target,
            cancellation,
            disk,
            new BundleOptions { ChunkBytes = chunkBytes, WritesSums = true });

        // What is in front of the first blob is hashed at once.
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        (_hashed, _files, _look) = (0, 0, () => { });
        _unsummed = (opened.Writer.UnsummedBytes, opened.Writer.UnsummedFiles);
        opened.Writer.SumProgress = new SumProgress(
            bytes =>
            {
                Interlocked.Add(ref _hashed, bytes);
                _look();
            },
            () => Interlocked.Increment(ref _files));
        _isCounted.Set();
        return opened;
    }

    private void DemandTrueSums(CommittedBundle committed)
    {
        string[] files = Directory.GetFiles(Target, "*.gostsum");
        Assert.Equal(committed.Layouts.Sum(layout => layout.Parts.Length), files.Length);
        Assert.All(files, sum => Assert.Equal(
            StreebogOracle.Of(File.ReadAllBytes(Path.ChangeExtension(sum, null)), 256), File.ReadAllText(sum)));
    }
}
