using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

public sealed class PullFlowTests
{
    [Fact]
    public async Task A_pull_stores_an_archive_for_each_component()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        EngineRun run = EngineRun.Of(registry, folder.FullName);

        MirrorReport report = await run.PullAsync();

        Assert.Equal(
            [
                "bundle.json", "installer.tar", "installer.tar.json",
            ],
            Directory.GetFiles(folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, report.Requests);
    }
}
