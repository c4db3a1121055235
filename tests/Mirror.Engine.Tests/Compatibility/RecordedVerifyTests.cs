using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Xunit;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>The bundles that both versions of d8 wrote verify clean: whole, and in chunks of whatever size.</summary>
public sealed class RecordedVerifyTests
{
    public static TheoryData<string, string> Archives
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string version in (string[])["0.25.2", "0.33"])
            {
                foreach (string archive in RecordedBundle.Archives(RecordedBundle.Folder(version)))
                {
                    rows.Add(version, archive);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Every_archive_is_whole_by_itself(string version, string archive)
    {
        string path = Path.Combine(RecordedBundle.Folder(version), archive);

        MirrorReport report = await VerifyAsync(new MirrorVerifySettings { Files = [path] });

        Assert.Empty(report.Warnings);
        Assert.Equal(path, Assert.Single(report.Files).Path);
        Assert.True(report.Plan.ImageCount > 0);
    }

    [Theory]
    [InlineData("0.25.2", 176, 100_000)]
    [InlineData("0.33", 202, 100_000)]
    [InlineData("0.25.2", 176, 7001)]
    [InlineData("0.33", 202, 7001)]
    public async Task A_bundle_is_whole_as_files_and_as_chunks(string version, int images, int chunkBytes)
    {
        using BundleCopy bundle = new(version);
        MirrorReport whole = await VerifyAsync(new MirrorVerifySettings
        {
            BundleDirectory = RecordedBundle.Folder(version),
        });
        string[] archives = RecordedBundle.Archives(bundle.Folder);
        int files = archives.Sum(archive => bundle.Split(archive, chunkBytes));

        MirrorReport report = await VerifyAsync(new MirrorVerifySettings { BundleDirectory = bundle.Folder });

        Assert.Empty(report.Warnings);
        Assert.Equal(files, report.Files.Length);
        Assert.Equal(whole.Plan.Everything(), report.Plan.Everything());
        Assert.Equal(whole.TransferredBytes, report.TransferredBytes);
        Assert.Equal(images, report.Plan.ImageCount);
    }

    /// <summary>d8 leaves chunks over their limit and an empty last one.</summary>
    [Fact]
    public async Task Chunks_of_uneven_sizes_and_an_empty_last_one_are_whole_as_well()
    {
        using BundleCopy bundle = new("0.33", "platform");
        byte[] content = await File.ReadAllBytesAsync(bundle.PathOf("platform.tar"), Cancellation);
        bundle.Delete("platform.tar");
        int[] borders = [0, 1, 513, 100_000, 100_000, 300_007, content.Length, content.Length];
        for (int number = 0; number + 1 < borders.Length; number++)
        {
            await File.WriteAllBytesAsync(
                bundle.PathOf(BundleCopy.ChunkOf("platform.tar", number)),
                content[borders[number]..borders[number + 1]],
                Cancellation);
        }

        MirrorReport report = await VerifyAsync(new MirrorVerifySettings { BundleDirectory = bundle.Folder });

        Assert.Empty(report.Warnings);
        Assert.Equal(borders.Length - 1, report.Files.Length);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<MirrorReport> VerifyAsync(MirrorVerifySettings settings) =>
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System)
            .VerifyAsync(settings, null, Cancellation);
}
