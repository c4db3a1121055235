using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

public sealed class TracedPullTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(700_000)]
    public async Task The_system_is_asked_to_flush_data_before_each_record_and_the_folder_after_the_renames(int chunk)
    {
        string strace = RealPart.OrSkip("strace");
        await using TestRegistry registry = await SlowSource.StartAsync();
        SlowSource.SlowDown(registry);
        using TemporaryFolder folder = new();
        string bundle = folder.Combine("bundle");
        string trace = folder.Combine("trace");

        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.SlowPullVariables($"{registry.Host}/deckhouse/ee", bundle, chunk, TimeSpan.Zero),
            SystemCallTrace.Arguments(strace, trace),
            Cancellation);

        Assert.True(result.ExitCode == 0, result.Errors);
        FlushOrder order = new(SystemCallTrace.Read(await File.ReadAllLinesAsync(trace, Cancellation)), bundle);
        Assert.Empty(order.Problems);
        int archives = Directory.GetFiles(bundle, "*.tar.json").Length;
        Assert.True(archives > 3, $"only {archives} archives");
        Assert.True(order.DurableRecords > archives, $"only {order.DurableRecords} durable records");
        Assert.True(order.DurableBlobs > 10 * archives, $"only {order.DurableBlobs} blobs are called durable");
        Assert.Equal(
            Directory.GetFiles(bundle).Count(path => !Path.GetFileName(path).StartsWith('.')), order.Published);
    }
}
