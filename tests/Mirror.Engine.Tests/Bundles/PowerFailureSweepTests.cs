using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// The power fails before every k-th operation, and once more while the next run repairs: at no moment does a final
/// name have content that does not verify, and the run after it ends as if nothing had happened.
/// </summary>
public sealed class PowerFailureSweepTests
{
    private const int Small = 2_000;
    private const int Large = 5_000;

    [Theory]
    [InlineData(null, 0, false)]
    [InlineData(null, Small, true)]
    [InlineData(0, 0, true)]
    [InlineData(0, Small, false)]
    [InlineData(Small, 0, false)]
    [InlineData(Small, Large, true)]
    [InlineData(Large, Small, false)]
    public async Task Whatever_has_a_final_name_verifies_at_any_moment_and_the_next_run_ends_the_same(
        int? before, int after, bool hasSums)
    {
        PowerFailureSweep sweep = await PowerFailureSweep.MakeAsync(before, after, hasSums);

        for (int stop = 0; stop < sweep.Operations; stop++)
        {
            SimulatedDisk disk = sweep.Disk();
            int again = new Random(stop).Next((int)sweep.Operations);
            Assert.Empty(await sweep.CrashAsync(disk, stop, stop, stop % 2 == 0));
            Assert.Empty(await sweep.CrashAsync(disk, again, stop + 1000, stop % 3 == 0));

            await sweep.RunAsync(disk);
            BundleRun.DemandSame(sweep.Expected, disk.Files());
        }

        Assert.True(sweep.Oracle.Seen > 20, $"only {sweep.Oracle.Seen} archives had their final names after a failure");
    }
}
