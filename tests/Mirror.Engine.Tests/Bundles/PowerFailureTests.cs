using Mirror.Engine.Bundles.Writing;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>The power fails before every k-th operation; what was not flushed is lost, kept or torn.</summary>
public sealed class PowerFailureTests
{
    private const string Folder = "/bundle";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_power_failure_at_any_operation_the_next_runs_end_the_same(bool isNewBoot)
    {
        SketchedBundle bundle = SketchedBundle.Small();
        SimulatedDisk whole = new();
        await RunAsync(whole, bundle);
        SortedDictionary<string, byte[]> expected = whole.Files();

        int believed = 0;
        for (int stop = 0; stop < whole.Operations; stop++)
        {
            SimulatedDisk disk = new();
            for (int failure = 0; failure < 2; failure++)
            {
                disk.StopAfter(failure == 0 ? stop : new Random(stop + failure).Next((int)whole.Operations));
                await CrashAsync(disk, bundle);
                disk.Restart(stop + (failure * 1000), isNewBoot);
                DemandTrue(disk, expected, stop);
                believed += await DemandBelievedTrueAsync(disk, bundle);
            }

            await RunAsync(disk, bundle);
            BundleRun.DemandSame(expected, disk.Files());
        }

        Assert.True(believed > whole.Operations, $"only {believed} blobs outlived a failure");
    }

    [Fact]
    public async Task What_was_flushed_is_proven_and_not_fetched_again()
    {
        SketchedBundle bundle = SketchedBundle.Small();
        SimulatedDisk disk = new();
        disk.StopAfter(long.MaxValue);
        List<Digest> stored = [.. bundle.Contents.Keys.Take(bundle.Contents.Count - 1)];
        using (OpenedBundle opened = await OpenAsync(disk, bundle))
        {
            stored.ForEach(digest => BundleRun.Store(opened.Writer, bundle, digest));
        }

        disk.Restart(seed: 1, isNewBoot: false);
        using OpenedBundle again = await OpenAsync(disk, bundle);
        BundleWriter next = again.Writer;

        BundleRun.Prove(next, stored);
        Assert.All(stored, digest => Assert.True(next.IsSealed(digest)));
        Assert.False(next.IsSealed(bundle.Contents.Keys.Last()));
        Assert.Equal((stored.Count, stored.Count + 1), (next.Resumed.Blobs, next.Resumed.TotalBlobs));
    }

    private static Task<OpenedBundle> OpenAsync(SimulatedDisk disk, SketchedBundle bundle) => BundleRun.OpenAsync(
        bundle, Folder, Cancellation, disk, time: new TickingTime(TimeSpan.FromMilliseconds(150)));

    private static async Task RunAsync(SimulatedDisk disk, SketchedBundle bundle)
    {
        using OpenedBundle opened = await OpenAsync(disk, bundle);
        await BundleRun.CommitAsync(opened, bundle, Cancellation);
    }

    private static async Task CrashAsync(SimulatedDisk disk, SketchedBundle bundle)
    {
        try
        {
            await RunAsync(disk, bundle);
        }
        catch (SimulatedCrashException)
        {
        }
        catch (MirrorException exception) when (exception.Faults[0].Code == FaultCode.Defect)
        {
            // The crash hit a copy in the background; the commit then found the copy missing.
        }
    }

    /// <summary>Whatever has a final name is true, already before anything is repaired.</summary>
    private static void DemandTrue(SimulatedDisk disk, SortedDictionary<string, byte[]> expected, int stop)
    {
        foreach ((string name, byte[] content) in disk.Files().Where(
            file => Path.GetExtension(file.Key) is ".tar" or ".json" or ".yaml"))
        {
            Assert.True(content.AsSpan().SequenceEqual(expected[name]), $"{name} is untrue after {stop} operations.");
        }
    }

    /// <summary>What the next run takes without fetching it is true.</summary>
    /// <returns>How many blobs that are.</returns>
    private static async Task<int> DemandBelievedTrueAsync(SimulatedDisk disk, SketchedBundle bundle)
    {
        using OpenedBundle opened = await OpenAsync(disk, bundle);
        BundleWriter writer = opened.Writer;
        BundleRun.Prove(writer, bundle.Contents.Keys);
        int believed = 0;
        foreach (Digest digest in bundle.Contents.Keys.Where(writer.IsSealed))
        {
            // What lies in a kept archive only cannot be read here.
            byte[] content = new byte[bundle.Contents[digest].Length];
            if (writer.Read(digest, 0, content) == content.Length)
            {
                Assert.Equal(bundle.Contents[digest], content);
                believed++;
            }
        }

        return believed;
    }
}
