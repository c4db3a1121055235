using Mirror.Engine.Bundles;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>A process that pulls is killed with <c>kill -9</c>, and the next pull goes on.</summary>
public sealed class KilledPullTests
{
    private const int Seed = 20261124;
    private const int Kills = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_killed_at_a_random_request_goes_on_and_ends_the_same()
    {
        Random random = new(Seed);
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.Combine("whole")).PullAsync();
        int all = registry.Requests.All.Count;
        SortedDictionary<string, byte[]> expected = BundleRun.Files(folder.Combine("whole"));
        int recordedBlobs = 0;
        int left = int.MaxValue;
        CancellationTokenSource? killing = null;
        registry.Requests.Observe(_ =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                killing?.Cancel();
            }
        });

        for (int kill = 0; kill < Kills; kill++)
        {
            string directory = folder.Combine($"kill-{kill}");
            killing = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            left = random.Next(1, all);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChildProcess.RunAsync(
                ChildProcess.PullVariables($"{registry.Host}/deckhouse/ee", directory, connections: 4),
                [],
                killing.Token));
            killing.Dispose();
            left = int.MaxValue;
            if (Directory.Exists(directory))
            {
                Assert.DoesNotContain(BundleRun.Files(directory).Keys, BundleNames.IsArchive);
            }

            HashSet<string> recorded = JournalView.Digests(directory);
            recordedBlobs += recorded.Count;
            registry.Requests.Clear();
            await EngineRun.Of(registry, directory).PullAsync();

            Assert.DoesNotContain(
                registry.Requests.Blobs(), record => recorded.Contains(record.Request.Route.Reference));
            BundleRun.DemandSame(expected, BundleRun.Files(directory));
            Directory.Delete(directory, recursive: true);
        }

        Assert.NotEqual(0, recordedBlobs);
    }
}
