using System.Diagnostics;
using Xunit;

namespace Mirror.Engine.Tests.Kit;

/// <summary>A pull or push in a process of its own, which may be ended with <c>kill -9</c> at a moment of it.</summary>
internal static class KilledRun
{
    /// <summary>What the child says when its run begins: the runtime's own start is no moment of it.</summary>
    public const string Begins = "run begins";

    /// <summary>What it says at the end.</summary>
    public const string Ended = "run ended";

    private const int KilledBySignal9 = 128 + 9;

    // Odd: forms that go by turns meet every part.
    private const int Parts = 21;

    /// <summary>
    /// A moment to kill a run: drawn from one of 21 parts of its length, the first one, the next one, and so on. So the
    /// moments are spread over all of it, and few runs meet every phase.
    /// </summary>
    /// <param name="random">Draws the moment within its part.</param>
    /// <param name="round">How many moments were drawn before.</param>
    /// <param name="length">How long an uninterrupted run takes.</param>
    public static TimeSpan Moment(Random random, int round, TimeSpan length) =>
        (round % Parts + random.NextDouble()) / Parts * length;

    /// <summary>Starts a run and waits for its end.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> MeasureAsync(
        IEnumerable<string> variables, CancellationToken cancellationToken)
    {
        using Process process = await StartAsync(variables, cancellationToken);
        long start = TimeProvider.System.GetTimestamp();
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        TimeSpan length = TimeProvider.System.GetElapsedTime(start);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal((Ended, 0), (line, process.ExitCode));
        return length;
    }

    /// <summary>Starts a run and kills it at a moment, counted from its beginning.</summary>
    /// <returns>False when it ended before.</returns>
    public static async Task<bool> KillAsync(
        IEnumerable<string> variables, TimeSpan moment, CancellationToken cancellationToken)
    {
        using Process process = await StartAsync(variables, cancellationToken);
        using CancellationTokenSource killing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        killing.CancelAfter(moment);
        try
        {
            await process.WaitForExitAsync(killing.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode is 0 or KilledBySignal9, $"The run failed with {process.ExitCode}.");
        return process.ExitCode == KilledBySignal9;
    }

    private static async Task<Process> StartAsync(IEnumerable<string> variables, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(ChildProcess.CommandLine[0], ChildProcess.CommandLine.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (string[] variable in variables.Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        Process process = Process.Start(start)!;
        Assert.Equal(Begins, await process.StandardOutput.ReadLineAsync(cancellationToken));
        return process;
    }
}
