using System.Globalization;
using Xunit;

namespace Mirror.Engine.Tests.Flows.Schedules;

/// <summary>
/// Whatever goes wrong at the source and on the disk: the exact planned set is stored, or the pull fails with a code
/// and nothing final appears; and a pull after it makes what an undisturbed one does. One seed alone is run with
/// <c>MIRROR_FAULT_SEED=N</c>.
/// </summary>
public sealed class FaultScheduleTests
{
    private const int Share = 50;

    public static TheoryData<int> Firsts => [.. Enumerable.Range(0, 10).Select(row => row * Share)];

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Firsts))]
    public async Task The_exact_planned_set_is_stored_or_the_pull_fails_with_a_code_and_nothing_final_appears(int first)
    {
        int? only = int.TryParse(
            Environment.GetEnvironmentVariable("MIRROR_FAULT_SEED"), CultureInfo.InvariantCulture, out int seed)
            ? seed
            : null;
        List<string> outcomes = [];
        await using ScheduleSource open = await ScheduleSource.StartAsync(hasTokens: false);
        await using ScheduleSource guarded = await ScheduleSource.StartAsync(hasTokens: true);
        FaultScheduleRun run = new(open, guarded);
        foreach (int next in Enumerable.Range(first, Share).Where(next => only is null || only == next))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            FaultSchedule schedule = run.Schedule(next);
            try
            {
                outcomes.Add(await run.RunAsync(schedule));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{schedule}: {exception.Message}", exception);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcomes.CountBy(code => code)));
        if (only is null)
        {
            Assert.InRange(outcomes.Count(outcome => outcome == "stored"), 5, Share);
            Assert.InRange(outcomes.Count(outcome => outcome is not ("stored" or "undisturbed")), 5, Share);
        }
    }
}
