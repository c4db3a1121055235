using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Tests.Bundles;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>Pulls that are interrupted and go on.</summary>
public sealed class ResumedPullTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(700, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_pull_interrupted_anywhere_any_number_of_times_ends_the_same_and_asks_for_nothing_twice(int seed)
    {
        Random random = new(seed);
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.Combine("whole")).PullAsync();
        int blobs = registry.Requests.Blobs().Count;
        string directory = folder.Combine("bundle");
        int recordedOnce = 0;
        CancellationTokenSource? user = null;
        int left = 0;
        registry.Requests.Observe(record =>
        {
            if (record.Request.IsBlob() && Interlocked.Decrement(ref left) == 0)
            {
                user?.Cancel();
            }
        });

        for (int interruption = random.Next(1, 5); interruption >= 0; interruption--)
        {
            HashSet<string> recorded = JournalView.Digests(directory);
            registry.Requests.Clear();
            user = new CancellationTokenSource();
            left = interruption == 0 ? int.MaxValue : random.Next(1, blobs);
            recordedOnce = Math.Max(recordedOnce, recorded.Count);
            EngineRun run = EngineRun.Of(registry, directory);
            try
            {
                await run.PullAsync(user.Token);
                interruption = 0;
            }
            catch (OperationCanceledException) when (interruption > 0)
            {
                Assert.DoesNotContain(BundleRun.Files(directory).Keys, BundleNames.IsArchive);
            }

            user.Dispose();
            Assert.DoesNotContain(
                registry.Requests.Blobs(), record => recorded.Contains(record.Request.Route.Reference));
        }

        Assert.NotEqual(0, recordedOnce);
        BundleRun.DemandSame(BundleRun.Files(folder.Combine("whole")), BundleRun.Files(directory));
    }

    [Fact]
    public async Task A_half_blob_goes_on_at_its_byte_in_the_next_run()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        string digest = await BreakAsync(registry, folder, 1000);
        registry.Requests.Clear();
        EngineRun run = Run(registry, folder);

        await run.PullAsync();

        Assert.Equal("bytes=1000-", Assert.Single(registry.Requests.Blobs(digest)).Range);
        Assert.Contains(run.Events, line => line.Level == MirrorEventLevel.Milestone
            && line.Message.StartsWith("Resuming: ", StringComparison.Ordinal));
        await DemandSameAsync(registry, folder);
    }

    [Fact]
    public async Task Without_resume_everything_is_asked_for_again_and_the_result_is_the_same()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await Run(registry, folder, "whole").PullAsync();
        int all = registry.Requests.All.Count;
        await BreakAsync(registry, folder, 1000);
        registry.Requests.Clear();
        EngineRun run = Run(registry, folder);
        run.Settings = run.Settings with { NoPullResume = true };

        await run.PullAsync();

        Assert.Equal(all, registry.Requests.All.Count);
        Assert.All(registry.Requests.All, record => Assert.Null(record.Range));
        await DemandSameAsync(registry, folder);
    }

    [Fact]
    public async Task Planning_again_asks_for_no_layer_that_it_had()
    {
        await using TestRegistry registry = await MiniSource.StartAsync();
        using TemporaryFolder folder = new();
        await EngineRun.Of(registry, folder.Combine("plan")).PlanAsync();
        string[] layers = [.. registry.Requests.Blobs().Select(record => record.Request.Route.Reference).Distinct()];
        Assert.NotEmpty(layers);
        registry.Faults.Add(
            request => request.IsBlob() && !layers.Contains(request.Route.Reference),
            new RegistryFault { Status = 404 });
        await Assert.ThrowsAsync<MirrorException>(() => EngineRun.Of(registry, folder.Combine("bundle")).PullAsync());
        registry.Faults.Clear();
        registry.Requests.Clear();

        await EngineRun.Of(registry, folder.Combine("bundle")).PullAsync();

        Assert.DoesNotContain(registry.Requests.Blobs(), record => layers.Contains(record.Request.Route.Reference));
    }

    /// <summary>A pull that ends when the largest blob came so far.</summary>
    /// <returns>The digest of the blob.</returns>
    private static async Task<string> BreakAsync(TestRegistry registry, TemporaryFolder folder, int after)
    {
        Assert.True(registry.Content.TryGetRepository("deckhouse/ee/security/trivy-db", out RepositoryContent? found));
        string digest = found.Blobs.MaxBy(blob => blob.Size)!.Digest;
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { CutBodyAfter = after }, times: 1);
        registry.Faults.Add(request => request.IsBlob(digest), new RegistryFault { Status = 404 });
        await Assert.ThrowsAsync<MirrorException>(() => Run(registry, folder).PullAsync());
        registry.Faults.Clear();
        return digest;
    }

    private static async Task DemandSameAsync(TestRegistry registry, TemporaryFolder folder)
    {
        await Run(registry, folder, "whole").PullAsync();
        BundleRun.DemandSame(BundleRun.Files(folder.Combine("whole")), BundleRun.Files(folder.Combine("bundle")));
    }

    private static EngineRun Run(TestRegistry registry, TemporaryFolder folder, string name = "bundle")
    {
        EngineRun run = EngineRun.Of(registry, folder.Combine(name));
        run.Settings = run.Settings with { Components = MirrorComponents.SecurityDb };
        return run;
    }
}
