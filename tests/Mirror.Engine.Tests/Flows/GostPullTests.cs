using Mirror.Engine.Tests.Hashing;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>The sums of a pull, of all its files and not only of the first.</summary>
public sealed class GostPullTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Every_file_of_a_pull_has_the_sum_that_another_implementation_computes_of_it(long chunkSize)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = run.Settings with
        {
            Components = MirrorComponents.Modules | MirrorComponents.SecurityDb,
            GostDigest = true,
            BundleChunkSize = chunkSize,
        };

        MirrorReport report = await run.PullAsync();

        Assert.True(report.Files.Length >= 5, $"{report.Files.Length} files");
        Assert.All(report.Files, file => Assert.Equal(
            StreebogOracle.Of(File.ReadAllBytes(file.Path), 256), File.ReadAllText(file.Path + ".gostsum")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Progress_of_the_sums_counts_files_and_ends_with_all_of_them(long chunkBytes)
    {
        await using TestRegistry source = await MiniSource.StartAsync();
        using TemporaryFolder bundle = new();
        EngineRun first = EngineRun.Of(source, bundle.FullName);
        first.Settings = first.Settings with { BundleChunkSize = chunkBytes };
        await first.PullAsync();
        EngineRun run = EngineRun.Of(source, bundle.FullName);
        run.Settings = first.Settings with { GostDigest = true };

        MirrorReport report = await run.PullAsync();

        TransferProgressed end = run.Events.OfType<TransferProgressed>().Last();
        int files = report.Files.Length;
        long bytes = report.Files.Sum(file => file.Bytes);
        Assert.Equal(
            (files, files, bytes, bytes, "files", MirrorEventLevel.Milestone),
            (end.DoneItems, end.TotalItems, end.DoneBytes, end.TotalBytes, end.Noun, end.Level));
        Assert.Contains($"{files} of {files} files, ", end.Message, StringComparison.Ordinal);
    }
}
