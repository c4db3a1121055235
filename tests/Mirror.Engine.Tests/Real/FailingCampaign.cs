using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Mirror.Engine.Tests.Kit;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Lets calls of a run fail, one after the other by seed or every one, and demands after each: success means that
/// everything is there, a failure is a fault with a code, and the next run ends like an undisturbed one.
/// </summary>
internal sealed class FailingCampaign(IFailingRun run, FailingProcess process, string log, int seed)
{
    /// <summary>Calls that store something: where one fails, a run cannot succeed.</summary>
    private const string Storing = "fwrt";

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<char, (int Rounds, int Met, int Failed)> _seen = [];

    /// <summary>How often each call was made by an undisturbed run.</summary>
    public ImmutableDictionary<char, int> Counts { get; private set; } = ImmutableDictionary<char, int>.Empty;

    /// <summary>Counts the calls of an undisturbed run.</summary>
    public async Task MeasureAsync()
    {
        FailingResult result = await process.RunAsync(await run.PrepareAsync(), FailedCall.None);
        Assert.True(result.ExitCode == 0, result.Errors);
        Counts = FailingLibrary.ReadLog(log).GroupBy(letter => letter)
            .ToImmutableDictionary(calls => calls.Key, calls => calls.Count());
        await run.ExpectAsync();
    }

    /// <summary>Some failures: each call and error by turns, at a place that is drawn.</summary>
    public IEnumerable<FailedCall> Sample(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            (char letter, int[] errors) = run.Calls[round % run.Calls.Count];
            int error = errors[round / run.Calls.Count % errors.Length];
            int count = _random.Next(2) == 0 ? 1 : FailedCall.AllCalls;
            yield return new FailedCall(letter, error, _random.Next(Counts.GetValueOrDefault(letter, 1)) + 1, count);
        }
    }

    /// <summary>Every call, with each error by turns.</summary>
    public IEnumerable<FailedCall> All() =>
        from call in run.Calls
        from number in Enumerable.Range(1, Counts.GetValueOrDefault(call.Letter))
        select new FailedCall(
            call.Letter, call.Errors[number % call.Errors.Length], number, number % 2 == 0 ? 1 : FailedCall.AllCalls);

    /// <summary>One run with failures, and the undisturbed one after it.</summary>
    public async Task RunAsync(FailedCall call)
    {
        File.Delete(log);
        FailingResult result = await process.RunAsync(await run.PrepareAsync(), call);
        bool isMet = FailingLibrary.ReadLog(log).Contains(char.ToUpperInvariant(call.Letter));
        try
        {
            Assert.True(result.ExitCode is 0 or ChildProcess.Failed, $"It ended with {result.ExitCode}.");
            Assert.DoesNotContain("D8M9001", result.Errors, StringComparison.Ordinal);
            Assert.False(
                result.ExitCode == 0 && isMet && call.Error != 0 && Storing.Contains(call.Letter), "It succeeded.");
            run.Demand(result.ExitCode == 0);
            await run.DemandRecoveryAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{call}: {exception.Message}\n{result.Errors}", exception);
        }

        (int rounds, int met, int failed) = _seen.GetValueOrDefault(call.Letter);
        _seen[call.Letter] = (rounds + 1, met + (isMet ? 1 : 0), failed + (result.ExitCode == 0 ? 0 : 1));
    }

    /// <summary>How many runs met a failing call, for each call.</summary>
    public int Met(char letter) => _seen.GetValueOrDefault(letter).Met;

    /// <summary>What was seen, for docs/kill-campaign.md.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        text.AppendLine("| call | made by an undisturbed run | runs that met a failure | runs that failed |");
        text.AppendLine("|---|---|---|---|");
        foreach ((char letter, (int rounds, int met, int failed)) in _seen)
        {
            int made = Counts.GetValueOrDefault(letter);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {letter} | {made} | {met} of {rounds} | {failed} |");
        }

        return text.ToString();
    }
}
