using System.Diagnostics;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Folders with tens of thousands of names cost their number, not its square.</summary>
public sealed class ManyFilesTests : IDisposable
{
    private const int Many = 20_000;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Twenty_thousand_archives_that_are_none_are_answered_soon_and_with_few_faults()
    {
        Fill("module-m{0:00000}.tar");
        Stopwatch time = Stopwatch.StartNew();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(Cancellation));

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal(FaultCode.ArchiveDamaged, failure.Faults[0].Code);
        Assert.InRange(failure.Faults.Length, 2, 200);
        Assert.Contains("19900 more", failure.Faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_thousand_stray_names_are_answered_soon_and_with_few_faults()
    {
        Fill("module-m{0:00000}.tar.gz");
        Stopwatch time = Stopwatch.StartNew();

        MirrorException failure = await Assert.ThrowsAsync<MirrorException>(() => VerifyAsync(Cancellation));

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.InRange(failure.Faults.Length, 2, 200);
        Assert.Contains("19900 more", failure.Faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_beside_thousands_of_archives_does_not_list_the_folder_for_each()
    {
        Fill("module-m{0:00000}.tar", 3000);
        int lists = 0;
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Names = directory =>
            {
                lists++;
                return new PhysicalDisk().List(directory);
            },
        };

        using PublishedBlobs blobs = await PublishedBlobs.OpenAsync(disk, _folder.FullName, Cancellation);

        Assert.Equal(0, blobs.Count);
        Assert.Equal(1, lists);
    }

    [Theory]
    [InlineData("module-m{0:00000}.tar")]
    [InlineData("module-m{0:00000}.tar.gz")]
    [InlineData("module-m{0:00000}.txt")]
    [InlineData("platform.tar.{0:0000}.chunk")]
    public async Task A_search_among_many_names_ends_when_it_is_cancelled(string names)
    {
        Fill(names, 3000);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VerifyAsync(stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(
            () => new BundleSet(new PhysicalDisk()).Find(_folder.FullName, [], stop.Token));
    }

    [Fact]
    public void A_set_of_more_chunks_than_may_be_open_is_read_with_few_open_files()
    {
        using BundleCopy bundle = new("0.33", "security");
        int chunks = bundle.Split("security.tar", 100);
        int open = 0;
        int most = 0;
        ScriptedDisk disk = new(new PhysicalDisk())
        {
            Opened = file =>
            {
                most = int.Max(most, Interlocked.Increment(ref open));
                return new CountedFile(file, () => Interlocked.Decrement(ref open));
            },
        };

        using (BundleReader reader = BundleRun.Open(
            disk, new BundleSet(disk).Find(bundle.Folder, [], Cancellation), Cancellation))
        {
            ArchiveReader archive = Assert.Single(reader.Archives);
            Assert.True(archive.Archive.Files.Length == chunks && chunks > 300, $"{chunks} chunks");
            using BundleCopy whole = new("0.33", "security");
            using BundleReader expected = BundleRun.Open(
                new PhysicalDisk(),
                new BundleSet(new PhysicalDisk()).Find(whole.Folder, [], Cancellation),
                Cancellation);
            Assert.Equal(expected.Archives[0].Fingerprint(), archive.Fingerprint());
            Parallel.ForEach(archive.Entries.Where(entry => entry.FileName is null), entry => Assert.Equal(
                expected.Archives[0].ReadWhole(entry, 10_000_000), archive.ReadWhole(entry, 10_000_000)));
        }

        Assert.InRange(most, 2, 200);
        Assert.Equal(0, open);
    }

    private void Fill(string names, int count = Many)
    {
        for (int number = 0; number < count; number++)
        {
            File.WriteAllBytes(
                _folder.Combine(string.Format(System.Globalization.CultureInfo.InvariantCulture, names, number)), []);
        }
    }

    private Task<MirrorReport> VerifyAsync(CancellationToken cancellationToken) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).VerifyAsync(
            new MirrorVerifySettings { BundleDirectory = _folder.FullName }, null, cancellationToken);

    private sealed class CountedFile(IDiskFile file, Action closed) : IDiskFile
    {
        public long Length => file.Length;

        public string Identity => file.Identity;

        public void Write(ReadOnlySpan<byte> content, long offset) => file.Write(content, offset);

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Flush() => file.Flush();

        public void Close() => file.Close();

        public void Dispose()
        {
            file.Dispose();
            closed();
        }
    }
}
