using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A process that may write no file over 200 kB stands for FAT32: the system gives the same error.</summary>
public sealed class FileSizeLimitTests
{
    /// <summary>In blocks of 512 bytes.</summary>
    private const string Limited = "trap '' XFSZ && ulimit -f 400 && exec \"$@\"";

    [Fact]
    public async Task An_archive_over_the_limit_is_refused_before_a_blob_is_asked_for_with_advice_that_helps()
    {
        await using TestRegistry registry = await FailingPull.StartSourceAsync();
        using TemporaryFolder folder = new();

        ToolResult whole = await PullAsync(registry, folder.Combine("whole"), chunkBytes: 0);

        Assert.Equal(ChildProcess.Failed, whole.ExitCode);
        Assert.Contains(FaultCode.FileTooLarge, whole.Errors, StringComparison.Ordinal);
        Assert.Contains("BundleChunkSize", whole.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Combine("whole"), "*.tar*"));
        int planning = registry.Requests.Blobs().Count;

        registry.Requests.Clear();
        ToolResult chunked = await PullAsync(registry, folder.Combine("chunked"), chunkBytes: 150_000);

        Assert.True(chunked.ExitCode == 0, chunked.Errors);
        Assert.True(
            registry.Requests.Blobs().Count > planning, "Blobs were asked for before the archives were reserved.");
    }

    // The runtime itself would map a large file for its code.
    private static Task<ToolResult> PullAsync(TestRegistry registry, string bundle, int chunkBytes) =>
        ChildProcess.RunAsync(
            [
                "DOTNET_EnableWriteXorExecute=0",
                .. ChildProcess.SlowPullVariables(
                    $"{registry.Host}/deckhouse/ee", bundle, chunkBytes, TimeSpan.Zero),
            ],
            [RealPart.OrSkip("sh"), "-c", Limited, "sh"],
            TestContext.Current.CancellationToken);
}
