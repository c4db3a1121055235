using System.Formats.Tar;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// For any blob sizes, name lengths and chunk sizes: the parts one after the other are the archive, and both the
/// framework and GNU tar read every entry back exactly, at its planned offset.
/// </summary>
public sealed class ArchivePropertyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(300, 24)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_framework_reads_any_archive_back_at_its_planned_offsets(int seed)
    {
        SketchedBundle bundle = SketchedBundle.Wide(seed);
        foreach ((ArchiveLayout layout, string path) in await WriteAsync(bundle, seed))
        {
            await using FileStream file = File.OpenRead(path);
            Assert.Equal(layout.Length, file.Length);
            await using TarReader reader = new(file);
            foreach (ArchiveEntry planned in layout.Entries)
            {
                TarEntry entry = (await reader.GetNextEntryAsync(cancellationToken: Cancellation))!;
                Assert.Equal((planned.Path, planned.DataOffset), (entry.Name, entry.DataOffset));
                using MemoryStream content = new();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Cancellation);
                DemandContent(bundle, planned, content.ToArray());
            }

            Assert.Null(await reader.GetNextEntryAsync(cancellationToken: Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task GNU_tar_reads_any_archive_back_at_its_planned_offsets(int seed)
    {
        string tar = RealPart.OrSkip("tar");
        SketchedBundle bundle = SketchedBundle.Wide(seed);
        foreach ((ArchiveLayout layout, string path) in await WriteAsync(bundle, seed))
        {
            string target = Directory.CreateDirectory(_folder.Combine("extracted", layout.Name)).FullName;
            ToolResult list = await Tool.RunAsync(tar, ["-tRf", path], Cancellation);
            ToolResult extraction = await Tool.RunAsync(tar, ["-xf", path, "-C", target], Cancellation);

            Assert.Equal((0, "", 0, ""), (list.ExitCode, list.Errors, extraction.ExitCode, extraction.Errors));
            Assert.Equal(
                [
                    .. layout.Entries.Select(entry => $"block {entry.HeaderOffset / 512}: {entry.Path}"),
                    $"block {(layout.Length - TarHeader.EndSize) / 512}: ** Block of NULs **",
                ],
                Encoding.UTF8.GetString(list.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.All(layout.Entries, entry =>
                DemandContent(bundle, entry, File.ReadAllBytes(Path.Combine(target, entry.Path))));
        }
    }

    private static void DemandContent(SketchedBundle bundle, ArchiveEntry entry, byte[] actual)
    {
        ReadOnlyMemory<byte> expected = entry.IsBlob ? bundle.Contents[entry.Digest] : entry.Content;
        Assert.True(expected.Span.SequenceEqual(actual), $"{entry.Path} has other bytes.");
    }

    /// <summary>Writes in chunks of a size out of the seed, and joins them.</summary>
    private async Task<List<(ArchiveLayout Layout, string Path)>> WriteAsync(SketchedBundle bundle, int seed)
    {
        Random random = new(seed);
        long longest = bundle.Plan.Archives.Max(archive => archive.FileBytes);
        long chunkBytes = random.Next(4) == 0 ? 0 : random.NextInt64((longest / 60) + 1, longest + 2);
        await BundleRun.CompleteAsync(bundle, _folder.Combine("bundle"), Cancellation, chunkBytes: chunkBytes);
        SortedDictionary<string, byte[]> joined = BundleRun.Joined(_folder.Combine("bundle"));
        List<(ArchiveLayout Layout, string Path)> written = [];
        foreach (ArchiveLayout layout in BundleLayout.Create(bundle.Plan))
        {
            string path = _folder.Combine("joined-" + layout.Name);
            await File.WriteAllBytesAsync(path, joined[layout.Name], Cancellation);
            written.Add((layout, path));
        }

        return written;
    }
}
