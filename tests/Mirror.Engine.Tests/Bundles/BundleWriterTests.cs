using System.Formats.Tar;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Writing;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class BundleWriterTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 25)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_framework_reads_every_entry_back_at_its_planned_offset(int seed)
    {
        SketchedBundle bundle = SketchedBundle.Random(seed);
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(bundle, folder.FullName, Cancellation);

        foreach (ArchiveLayout layout in BundleLayout.Create(bundle.Plan))
        {
            await using FileStream file = File.OpenRead(folder.Combine(layout.Name));
            Assert.Equal(layout.Length, file.Length);
            await using TarReader reader = new(file);
            foreach (ArchiveEntry planned in layout.Entries)
            {
                TarEntry entry = (await reader.GetNextEntryAsync(cancellationToken: Cancellation))!;
                Assert.Equal(planned.Path, entry.Name);
                Assert.Equal(planned.DataOffset, entry.DataOffset);
                using MemoryStream content = new();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Cancellation);
                byte[] expected = planned.IsBlob ? bundle.Contents[planned.Digest] : planned.Content.ToArray();
                Assert.Equal(expected, content.ToArray());
            }

            Assert.Null(await reader.GetNextEntryAsync(cancellationToken: Cancellation));
        }
    }

    [Fact]
    public async Task GNU_tar_extracts_every_file_with_its_content()
    {
        string tar = RealPart.OrSkip("tar");
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(bundle, folder.Combine("bundle"), Cancellation);

        foreach (ArchiveLayout layout in BundleLayout.Create(bundle.Plan))
        {
            string target = Directory.CreateDirectory(folder.Combine("extracted", layout.Name)).FullName;
            ToolResult result = await Tool.RunAsync(
                tar, ["-xvf", folder.Combine("bundle", layout.Name), "-C", target], Cancellation);

            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            Assert.Equal(
                layout.Entries.Select(entry => entry.Path),
                Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(layout.Entries, entry => Assert.Equal(
                entry.IsBlob ? bundle.Contents[entry.Digest] : entry.Content.ToArray(),
                File.ReadAllBytes(Path.Combine(target, entry.Path))));
        }
    }

    [Fact]
    public async Task Blobs_written_in_any_order_by_many_threads_give_the_same_bytes()
    {
        SketchedBundle bundle = SketchedBundle.Small(7);
        using TemporaryFolder folder = new();
        await BundleRun.CompleteAsync(bundle, folder.Combine("one"), Cancellation);
        using (OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.Combine("two"), Cancellation))
        {
            Digest[] digests = [.. bundle.Contents.Keys];
            new Random(5).Shuffle(digests);
            await Parallel.ForEachAsync(digests, Cancellation, (digest, _) =>
            {
                BundleRun.Store(opened.Writer, bundle, digest);
                return ValueTask.CompletedTask;
            });
            await opened.Writer.CommitAsync(Cancellation);
        }

        BundleRun.DemandSame(BundleRun.Files(folder.Combine("one")), BundleRun.Files(folder.Combine("two")));
    }

    [Fact]
    public async Task Every_byte_is_written_once_per_place_and_padding_never()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
        long before = opened.BytesWritten;

        // The commit waits for the copies, so count the blobs' bytes by what it adds besides its own files.
        CommittedBundle committed = await BundleRun.CommitAsync(opened, bundle, Cancellation);
        long documents = BundleRun.Files(folder.FullName)
            .Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)).Sum(file => file.Value.Length);
        ArchiveEntry[] blobs =
            [.. committed.Layouts.SelectMany(layout => layout.Entries).Where(entry => entry.IsBlob)];
        int small = 2000 + (blobs.Length * 130);

        Assert.InRange(opened.BytesWritten - before - blobs.Sum(blob => blob.Size) - documents, 1, small);
        Assert.True(opened.BytesWritten - documents - small < bundle.Plan.FileBytes);
    }

    [Fact]
    public async Task A_missing_blob_is_a_defect_at_commit_and_nothing_is_published()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
        BundleWriter writer = opened.Writer;
        foreach (Digest digest in bundle.Contents.Keys.Skip(1))
        {
            BundleRun.Store(writer, bundle, digest);
        }

        MirrorException exception =
            await Assert.ThrowsAsync<MirrorException>(() => writer.CommitAsync(Cancellation));

        Assert.Equal(FaultCode.Defect, exception.Faults[0].Code);
        Assert.All(
            BundleRun.Files(folder.FullName).Keys,
            name => Assert.True(Path.GetExtension(name) is ".part" or ".journal", name));
    }

    [Fact]
    public async Task A_blob_longer_than_planned_is_refused_and_touches_no_other_entry()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
        BundleWriter writer = opened.Writer;
        Digest digest = bundle.Contents.First().Key;
        long written = opened.BytesWritten;

        MirrorException exception = Assert.Throws<MirrorException>(
            () => writer.Write(digest, 0, new byte[bundle.Contents[digest].Length + 1]));

        Assert.Equal(FaultCode.BlobSizeMismatch, exception.Faults[0].Code);
        Assert.Equal(written, opened.BytesWritten);
    }

    [Fact]
    public async Task A_rejected_blob_starts_over_and_a_short_one_cannot_be_sealed()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation);
        BundleWriter writer = opened.Writer;
        (Digest digest, byte[] content) = bundle.Contents.First();
        writer.Write(digest, 0, content.AsSpan(0, 100));
        byte[] read = new byte[200];

        Assert.Equal(100, writer.HeldBytes(digest));
        Assert.Equal(100, writer.Read(digest, 0, read));
        Assert.Equal(content[..100], read[..100]);
        Assert.Equal(
            FaultCode.Defect, Assert.Throws<MirrorException>(() => writer.Seal(digest)).Faults[0].Code);

        writer.Reject(digest);

        Assert.Equal(0, writer.HeldBytes(digest));
        Assert.Equal(0, writer.Read(digest, 0, read));
        Assert.False(writer.IsSealed(digest));
    }

    [Fact]
    public async Task Nothing_has_a_final_name_before_the_commit()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        using TemporaryFolder folder = new();
        using (OpenedBundle opened = await BundleRun.OpenAsync(bundle, folder.FullName, Cancellation))
        {
            foreach (Digest digest in bundle.Contents.Keys)
            {
                BundleRun.Store(opened.Writer, bundle, digest);
            }
        }

        Assert.Equal(
            [
                "module-console.tar.journal", "module-console.tar.part", "platform.tar.journal", "platform.tar.part",
            ],
            BundleRun.Files(folder.FullName).Keys);
    }
}
