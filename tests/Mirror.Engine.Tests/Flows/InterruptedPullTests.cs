using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Flows.Schedules;
using Xunit;

namespace Mirror.Engine.Tests.Flows;

/// <summary>
/// Whole pulls, planning and spool among them, that the user, the end of the process or the power stops.
/// </summary>
public sealed class InterruptedPullTests
{
    private const int Seeds = 12;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_pull_interrupted_any_number_of_times_at_random_points_ends_as_one_that_was_not(int row)
    {
        await using ScheduleSource source = await ScheduleSource.StartAsync(hasTokens: false);
        int interruptions = 0;
        for (int seed = row * Seeds; seed < (row + 1) * Seeds; seed++)
        {
            Random random = new(seed);
            DrawnForm form = DrawnForm.Of(random);
            SortedDictionary<string, byte[]> expected = await source.BundleAsync(form);
            FinalNames oracle = new(expected);
            SimulatedDisk disk = new();
            for (int left = random.Next(1, 6); left > 0; left--)
            {
                bool isStopped = await InterruptAsync(source, disk, form, random);
                interruptions += isStopped ? 1 : 0;
                string when = $"seed {seed}, {left} interruptions before the last";
                Assert.True(await oracle.ProblemsAsync(disk) is [], when);
            }

            await RunAsync(source, disk, form, CancellationToken.None);
            BundleRun.DemandSame(expected, disk.Files());
        }

        Assert.InRange(interruptions, Seeds, int.MaxValue);
    }

    /// <summary>A pull that is stopped in one of three ways, if it does not end before.</summary>
    /// <returns>Whether it was stopped.</returns>
    private static async Task<bool> InterruptAsync(
        ScheduleSource source, SimulatedDisk disk, DrawnForm form, Random random)
    {
        int kind = random.Next(3);
        int operations = random.Next(source.Operations.Values.Sum());
        using CancellationTokenSource user = new();
        if (kind == 0)
        {
            source.AfterAnswers(random.Next(1, 40), user.Cancel);
        }
        else
        {
            disk.StopAfter(operations);
        }

        bool isStopped = false;
        try
        {
            await RunAsync(source, disk, form, user.Token);
        }
        catch (OperationCanceledException) when (kind == 0)
        {
            isStopped = true;
        }
        catch (MirrorException failure) when (kind > 0 && failure.Faults[0].Code == FaultCode.Defect)
        {
            // What is thrown by the disk that stopped is unknown to the engine, as it should be.
            isStopped = true;
        }
        finally
        {
            source.AfterAnswers(0, () => { });
        }

        if (kind == 2)
        {
            disk.Restart(random.Next(), isNewBoot: random.Next(2) == 0);
        }

        disk.StopAfter(long.MaxValue);
        return isStopped;
    }

    private static async Task RunAsync(
        ScheduleSource source, SimulatedDisk disk, DrawnForm form, CancellationToken cancellationToken)
    {
        Task pull = source.Engine(disk).PullAsync(source.Settings(form), null, cancellationToken);
        await source.Time.DrivePausesAsync(pull);
    }
}
