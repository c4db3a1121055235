using System.Collections.Immutable;
using Mirror.Engine.Bundles;
using Mirror.Engine.Oci;
using Mirror.Engine.Tests.Hashing;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>GOST sums are computed while archives fill, and go on where an interrupted run stored them.</summary>
public sealed class SumFollowerTests : IDisposable
{
    private const string Platform = "platform.tar";

    private readonly TemporaryFolder _folder = new();
    private readonly SketchedBundle _bundle = SketchedBundle.Small();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _awaited = -1;
    private long _hashed;

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
        BundleRun.Store(writer, _bundle, LastOf(writer));
        await writer.CommitAsync(Cancellation);
        Assert.Equal(0, writer.UnsummedBytes);
        DemandTrueSums(writer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_001)]
    public async Task A_resumed_run_goes_on_from_the_stored_state(long chunkBytes)
    {
        await InterruptAsync(chunkBytes);
        _hashed = 0;
        using BundleWriter writer = Writer(chunkBytes);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        await CompleteAsync(writer);

        // A state is taken between blocks, so that the last bytes of a whole file come again.
        Assert.Equal(
            writer.Layouts.Sum(layout => layout.Length) - Final(writer).Sum(bytes => bytes & -64), _hashed);
        DemandTrueSums(writer);
    }

    [Fact]
    public async Task A_stored_state_is_not_used_where_its_bytes_are_lost()
    {
        ArchiveEntry lost = AloneIn(await InterruptAsync(0)).First().Entry;
        string copy = Directory.CreateDirectory(_folder.Combine("copy")).FullName;
        foreach (string file in Directory.GetFiles(Target))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        // In another folder nothing is believed unread.
        using (FileStream part = File.OpenWrite(Path.Combine(copy, BundleNames.Part(Platform))))
        {
            part.Position = lost.DataOffset;
            part.WriteByte((byte)(_bundle.Contents[lost.Digest][0] ^ 1));
        }

        using BundleWriter writer = Writer(directory: copy);
        await BundleRun.PrepareAsync(writer, _bundle, Cancellation);

        Assert.False(writer.IsSealed(lost.Digest));
        await CompleteAsync(writer);
        DemandTrueSums(writer, copy);
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
        writer.SumProgress = _ => Assert.Fail("Something was hashed.");
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

    private BundleWriter Writer(long chunkBytes = 0, string? directory = null)
    {
        BundleWriter writer = BundleRun.Writer(directory ?? Target, chunkBytes: chunkBytes, writesSums: true);
        writer.SumProgress = Hashed;
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
