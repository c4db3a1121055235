using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Mirror.Engine.Tests.Real;

public sealed class BytesWrittenTests
{
    private const long SourceBytes = 200_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_of_200_MB_writes_every_byte_once_and_only_spooled_metadata_twice()
    {
        string strace = RealPart.OrSkip("strace");
        SeededSource source = SeededSource.Create(new SeededSourceOptions
        {
            Seed = 7,
            TotalBytes = SourceBytes,
            References = 120,
            SharedShare = 0.5,
            Modules = 4,
        });
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = source.Content }, Cancellation);
        using TemporaryFolder folder = new();
        string bundle = folder.Combine("bundle");
        string trace = folder.Combine("trace");

        ToolResult result = await ChildProcess.RunAsync(
            ChildProcess.PullVariables($"{registry.Host}/deckhouse/ee", bundle, connections: 8),
            WriteTrace.Arguments(strace, trace),
            Cancellation);

        Assert.True(result.ExitCode == 0, result.Errors);
        Dictionary<string, long> written = WriteTrace.Read(trace)
            .Where(file => file.Key.StartsWith(bundle, StringComparison.Ordinal)).ToDictionary();
        FileInfo[] files = [.. new DirectoryInfo(bundle).GetFiles()];
        long archives = files.Where(file => file.Name.EndsWith(".tar", StringComparison.Ordinal))
            .Sum(file => file.Length);
        long inventories = files.Where(file => file.Name.EndsWith(".json", StringComparison.Ordinal))
            .Sum(file => file.Length);
        long spool = written.Where(file => file.Key.Contains("/.tmp/", StringComparison.Ordinal))
            .Sum(file => file.Value);
        Assert.True(archives >= SourceBytes, $"The archives have only {archives} bytes.");
        Assert.True(spool > 0 && spool < SourceBytes / 50, $"The spool took {spool} bytes.");
        Assert.InRange(written.Values.Sum(), 1, (long)(1.01 * (archives + inventories + spool)));
        Assert.All(written.Where(file => file.Key.EndsWith(".tar.part", StringComparison.Ordinal)), file =>
            Assert.InRange(file.Value, 1, new FileInfo(file.Key[..^".part".Length]).Length));
    }
}
