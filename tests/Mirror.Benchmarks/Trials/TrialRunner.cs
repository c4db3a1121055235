using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>Runs the trials of a work in turn, so that what changes on the machine meets all of them.</summary>
internal sealed class TrialRunner(BenchOptions options)
{
    private static readonly Command WriteBack = new("sync", []);

    public async Task<IReadOnlyList<TrialSeries>> RunAsync(
        IReadOnlyList<Trial> trials, CancellationToken cancellationToken)
    {
        List<Measurement>[] runs = [.. trials.Select(_ => new List<Measurement>())];
        string?[] failures = new string?[trials.Count];
        for (int round = 0; round < Math.Max(options.Rounds, options.PeerRounds); round++)
        {
            foreach ((int at, Trial trial) in trials.Index())
            {
                bool isPeer = trial.Role == TrialRole.Peer;
                if (failures[at] is not null || round >= Rounds(trial))
                {
                    continue;
                }

                try
                {
                    Measurement run = await RunAsync(trial, cancellationToken);
                    runs[at].Add(run);
                    await Console.Error.WriteLineAsync(
                        $"{trial.Work}: {trial.Name}: {run.Wall.TotalSeconds:0.00} s");
                }
                catch (BenchFailureException exception) when (isPeer)
                {
                    // A peer that cannot do the work is a result; work of our own that fails is none.
                    failures[at] = exception.Message;
                    await Console.Error.WriteLineAsync($"{trial.Work}: {trial.Name}: {exception.Message}");
                }
            }
        }

        return [.. trials.Select((trial, at) => new TrialSeries(trial, runs[at], failures[at]))];
    }

    private int Rounds(Trial trial) =>
        Math.Min(trial.MostRounds, trial.Role == TrialRole.Peer ? options.PeerRounds : options.Rounds);

    private static async Task<Measurement> RunAsync(Trial trial, CancellationToken cancellationToken)
    {
        await using PreparedTrial prepared = await trial.PrepareAsync();
        foreach (BenchRegistry registry in prepared.Watched)
        {
            await registry.Log.TakeAsync(registry.Host, cancellationToken);
        }

        // What an earlier trial left in the disk's cache is not to be written at the expense of this one.
        await MeasuredProcess.RunAsync(WriteBack, cancellationToken);
        (ProcessOutcome outcome, Measurement run) =
            await MeasuredProcess.RunAsync(prepared.Command, prepared.Folders, cancellationToken);
        string what = $"{trial.Work}: {trial.Name}";
        outcome.DemandSuccess(what);
        prepared.Check(outcome);
        await prepared.CheckTargetAsync();
        if (prepared.Command.Arguments.Contains(ChildWork.Marker, StringComparer.Ordinal))
        {
            run = run with { PeakBytes = Math.Max(run.PeakBytes, outcome.Result.PeakBytes) };
        }

        return run with { Requests = await RequestsAsync(prepared.Watched, cancellationToken) };
    }

    private static async Task<IReadOnlyDictionary<string, int>> RequestsAsync(
        IReadOnlyList<BenchRegistry> watched, CancellationToken cancellationToken)
    {
        SortedDictionary<string, int> sum = new(StringComparer.Ordinal);
        foreach (BenchRegistry registry in watched)
        {
            foreach ((string kind, int count) in await registry.Log.TakeAsync(registry.Host, cancellationToken))
            {
                sum[kind] = sum.GetValueOrDefault(kind) + count;
            }
        }

        return sum;
    }
}
