using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Results;
using Mirror.Benchmarks.Sources;
using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks;

/// <summary>The benchmark from the first blob of its source to the report.</summary>
internal sealed class BenchRun(BenchOptions options, CancellationToken cancellationToken)
{
    private const int LongRoundTrip = 50;
    private static readonly int[] OtherConnections = [1, 4, 16];

    private readonly TrialRunner _runner = new(options);
    private readonly List<TrialSeries> _series = [];

    public static Task<BenchReport> RunAsync(BenchOptions options, CancellationToken cancellationToken) =>
        new BenchRun(options, cancellationToken).RunAsync();

    private async Task<BenchReport> RunAsync()
    {
        BenchMachine machine = await BenchMachine.ReadAsync(cancellationToken);
        SourceFacts? facts = options.NeedsSource ? await RunMainAsync() : null;
        if (options.Has("roundtrip"))
        {
            await using BenchSource small = await BenchSource.StartAsync(options.SmallSource, cancellationToken);
            using BenchFolders folders = new();
            foreach (int milliseconds in options.RoundTrips)
            {
                await RunRoundTripAsync(small, folders, milliseconds);
            }
        }

        GrowthRun growth = new(options, _runner, cancellationToken);
        if (options.Has("growth"))
        {
            await growth.RunAsync();
            _series.AddRange(growth.Series);
        }

        return new BenchReport(machine, facts, options, _series, growth.LeftOut);
    }

    private async Task<SourceFacts> RunMainAsync()
    {
        await Console.Error.WriteLineAsync($"Filling the source: {options.Bytes / 1_000_000} MB");
        await using BenchSource source = await BenchSource.StartAsync(options.Source, cancellationToken);
        SourceFacts facts = SourceFacts.Of(source);
        await Console.Error.WriteLineAsync($"{facts}");
        using BenchFolders folders = new();
        await RunAsync(source, folders);
        return facts;
    }

    private async Task RunAsync(BenchSource source, BenchFolders folders)
    {
        EngineTrials engine = new(source, folders, cancellationToken);
        FloorTrials floors = new(source, folders, cancellationToken);
        PeerTrials peers = new(source, folders, cancellationToken);
        MSBuildTrials builds = new(source, folders, cancellationToken);

        // Also warms the caches: the first of several contenders would pay for all.
        await engine.PullBundleAsync();
        await floors.PrepareFilesAsync(unpacks: options.Has("verify"));

        await TryAsync("startup", EngineTrials.Nothing());
        await TryAsync("startup", builds.UpToDate(), builds.LockedUpToDate(), builds.Empty());
        await TryAsync("plan", engine.Plan());
        await TryAsync(
            "pull",
            [
                engine.Pull("pull", TrialRole.Ours, ChildArguments.DefaultConnections),
                floors.Pull(),
                builds.Pull(),
                .. peers.Pulls(),
            ]);
        await TryAsync(
            "connections",
            [
                engine.Pull("pull, connections", TrialRole.Ours, ChildArguments.DefaultConnections),
                .. OtherConnections.Select(count => engine.Pull("pull, connections", TrialRole.Variant, count)),
            ]);
        await TryAsync("resume", engine.Resume());
        await TryAsync("verify", engine.Verify(), floors.Verify());
        await TryAsync("push", [engine.Push(), floors.Push(), .. peers.Pushes()]);
        if (options.Has("again"))
        {
            await using BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
            await engine.FillAsync(target);
            await TryAsync("again", engine.PushAgain(target));
        }

        await TryAsync("sync", [engine.Sync(), .. peers.Syncs()]);
    }

    private async Task RunRoundTripAsync(BenchSource small, BenchFolders folders, int milliseconds)
    {
        await using DelayingProxy proxy = new(small.Registry.Host, TimeSpan.FromMilliseconds(milliseconds));
        string work = $"pull, small source, +{milliseconds} ms";
        EngineTrials engine = new(small, folders, cancellationToken);

        // Minutes of waiting that hardly differ: once is enough.
        int serialRounds = milliseconds < LongRoundTrip ? int.MaxValue : 1;
        await TryAsync(
            "roundtrip",
            engine.Pull(work, TrialRole.Ours, ChildArguments.DefaultConnections, proxy.Host),
            engine.Pull(work, TrialRole.Variant, 16, proxy.Host),
            engine.Pull(work, TrialRole.Variant, 1, proxy.Host) with { MostRounds = serialRounds },
            new FloorTrials(small, folders, cancellationToken).OneAtATime(work, proxy.Host) with
            {
                MostRounds = serialRounds,
            });
    }

    private async Task TryAsync(string work, params Trial[] trials)
    {
        if (options.Has(work))
        {
            _series.AddRange(await _runner.RunAsync(trials, cancellationToken));
        }
    }
}
