using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Builds that are killed with all their workers while they pull, and run again.</summary>
[Collection(SharedPackage.Name)]
public sealed class KilledBuildTests(FaultProject project) : IClassFixture<FaultProject>
{
    private const int Seed = 20261125;
    private const int Kills = 3;
    private const int MostMoments = 9;

    private static readonly RegistryFault SlowAnswer = new() { Delay = TimeSpan.FromMilliseconds(40) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_killed_at_random_moments_of_its_pull_goes_on_and_ends_the_same()
    {
        Random random = new(Seed);
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = DeckhouseMini.Load() }, Cancellation);
        string whole = project.NewBundle();
        TimeSpan length = await MeasureAsync(registry, whole);
        SortedDictionary<string, string> expected = BundleDigests.Of(whole);

        int kills = 0;
        for (int moment = 0; moment < MostMoments && kills < Kills; moment++)
        {
            // One in each third, so that the few there are do not all meet the same phase.
            string bundle = project.NewBundle();
            if (!await KillAsync(registry, bundle, length * ((kills + random.NextDouble()) / Kills)))
            {
                // The machine was busier while the length was measured.
                length *= 0.75;
                continue;
            }

            kills++;
            Dictionary<string, string> published = BundleDigests.Of(bundle)
                .Where(file => FaultProject.IsFinal(file.Key)).ToDictionary();
            Assert.All(published, file => Assert.Equal(expected[file.Key], file.Value));
            registry.Faults.Clear();
            DotNetRun again = await project.PullByMSBuildAsync(bundle, registry.Host, Cancellation);
            Assert.True(again.ExitCode == 0, again.Output);
            Assert.Equal(expected, BundleDigests.Of(bundle));
        }

        Assert.Equal(Kills, kills);
    }

    /// <summary>Pulls to the end.</summary>
    /// <returns>How long it took from the first answer on.</returns>
    private async Task<TimeSpan> MeasureAsync(TestRegistry registry, string bundle)
    {
        registry.Faults.Add(_ => true, SlowAnswer);
        long start = 0;
        registry.Requests.Observe(_ =>
            Interlocked.CompareExchange(ref start, TimeProvider.System.GetTimestamp(), 0));
        DotNetRun build = await project.PullByMSBuildAsync(bundle, registry.Host, Cancellation);
        Assert.True(build.ExitCode == 0, build.Output);
        return TimeProvider.System.GetElapsedTime(start);
    }

    /// <summary>Kills a pull at a moment, counted from its first answer on.</summary>
    /// <returns>False when the pull had published everything before.</returns>
    private async Task<bool> KillAsync(TestRegistry registry, string bundle, TimeSpan moment)
    {
        registry.Faults.Add(_ => true, SlowAnswer);
        using CancellationTokenSource killing = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        int isCounting = 0;
        registry.Requests.Observe(_ =>
        {
            if (Interlocked.Exchange(ref isCounting, 1) == 0)
            {
                killing.CancelAfter(moment);
            }
        });
        try
        {
            DotNetRun build = await project.PullByMSBuildAsync(bundle, registry.Host, killing.Token);
            Assert.True(build.ExitCode == 0, build.Output);
            return false;
        }
        catch (OperationCanceledException)
        {
            return !File.Exists(Path.Combine(bundle, "bundle.json"))
                || File.Exists(Path.Combine(bundle, ".d8mirror.commit"));
        }
    }
}
