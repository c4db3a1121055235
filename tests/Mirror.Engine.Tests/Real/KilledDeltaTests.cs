using System.Globalization;
using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows;
using Mirror.Engine.Tests.Flows.Delta;
using Mirror.Engine.Tests.Kit;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Processes that pull a delta, push it or merge it are killed with <c>kill -9</c>, and the next run goes on. The
/// variable <c>MIRROR_TEST_DELTA_KILLS</c> says how often (docs/kill-campaign.md).
/// </summary>
public sealed class KilledDeltaTests
{
    private const int Seed = 20261201;
    private const int DefaultKills = 20;

    private static readonly TimeSpan s_diskPause = TimeSpan.FromMilliseconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Kills => Environment.GetEnvironmentVariable("MIRROR_TEST_DELTA_KILLS") is { } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : DefaultKills;

    [Fact]
    public async Task A_delta_pull_killed_at_random_moments_leaves_nothing_half_true_and_ends_the_same()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();

        await RunFolderAsync(
            run,
            folder => ChildProcess.DeltaPullVariables(
                $"{run.Source.Host}/{DeltaRun.Edition}", run.Path(folder), run.Path("a.have.json"), s_diskPause),
            folder => run.PullAsync(folder, ["a.have.json"]));
    }

    [Fact]
    public async Task A_merge_killed_at_random_moments_leaves_nothing_half_true_and_ends_the_same()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();

        await RunFolderAsync(
            run,
            folder => ChildProcess.MergeVariables(
                run.Path(folder), [run.Path("a"), run.Path("delta")], s_diskPause),
            folder => run.MergeAsync(folder, ["a", "delta"]));
    }

    [Fact]
    public async Task A_delta_push_killed_at_random_moments_leaves_no_tag_half_published_and_ends_the_same()
    {
        await using DeltaRun run = await DeltaRun.StartAsync();
        await run.PrepareDeltaAsync();
        await using TestRegistry whole = await StartTargetAsync(run);
        TimeSpan length = await KilledRun.MeasureAsync(Variables(run, whole), Cancellation);
        string expected = DeltaRun.Snapshot(whole);
        Random random = new(Seed);
        int met = 0;
        for (int round = 0; met < Kills && round < 4 * Kills; round++)
        {
            await using TestRegistry target = await StartTargetAsync(run);

            met += await KilledRun.KillAsync(
                Variables(run, target), KilledRun.Moment(random, round, length), Cancellation) ? 1 : 0;

            new PushedTarget(target).DemandTagsWhole();
            target.Faults.Clear();
            await new PushRun(target.Host, run.Path("delta")).PushAsync();
            Assert.Equal(expected, DeltaRun.Snapshot(target));
        }

        Assert.Equal(Kills, met);
    }

    /// <summary>Kills runs that write a folder, and finishes each.</summary>
    private static async Task RunFolderAsync(
        DeltaRun run,
        Func<string, IReadOnlyList<string>> variables,
        Func<string, Task<MirrorReport>> finish)
    {
        TimeSpan length = await KilledRun.MeasureAsync(variables("whole"), Cancellation);
        SortedDictionary<string, byte[]> expected = BundleRun.Files(run.Path("whole"));
        Random random = new(Seed);
        int met = 0;
        for (int round = 0; met < Kills && round < 4 * Kills; round++)
        {
            string folder = $"kill-{round}";

            met += await KilledRun.KillAsync(
                variables(folder), KilledRun.Moment(random, round, length), Cancellation) ? 1 : 0;

            new KilledFolder(run.Path(folder)).DemandTrue(expected);
            await finish(folder);
            BundleRun.DemandSame(expected, BundleRun.Files(run.Path(folder)));
            Directory.Delete(run.Path(folder), recursive: true);
        }

        Assert.Equal(Kills, met);
    }

    /// <summary>
    /// A slow target with the base of the delta, that takes a manifest whose parts are missing: only the push itself
    /// keeps tags whole.
    /// </summary>
    private static async Task<TestRegistry> StartTargetAsync(DeltaRun run)
    {
        TestRegistry target = await PushRun.StartTargetAsync(new TestRegistryOptions { ChecksManifests = false });
        await new PushRun(target.Host, run.Path("a")).PushAsync();
        target.Faults.Add(_ => true, new RegistryFault { Delay = TimeSpan.FromMilliseconds(15) });
        return target;
    }

    private static IReadOnlyList<string> Variables(DeltaRun run, TestRegistry target) =>
        ChildProcess.PushVariables($"{target.Host}/mirror/ee", run.Path("delta"), connections: 4);
}
