using System.Globalization;
using Mirror.Benchmarks.Sources;
using Mirror.Benchmarks.Trials;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks;

/// <summary>
/// How the engine's time and memory grow with the number of images and with bytes. The sizes of a line take turns, as
/// contenders do.
/// </summary>
internal sealed class GrowthRun(BenchOptions options, TrialRunner runner, CancellationToken cancellationToken)
{
    private const long ImageBytes = 20_000_000;
    private const int ImagesPerModule = 50;
    private const int ByteReferences = 200;

    private readonly List<TrialSeries> _series = [];
    private readonly List<string> _leftOut = [];

    /// <summary>What was measured.</summary>
    public IReadOnlyList<TrialSeries> Series => _series;

    /// <summary>What the disk has no room for.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    public async Task RunAsync()
    {
        await RunAsync([GrowthTrials.Nothing()]);
        await RunLineAsync(
            GrowthUnit.Image,
            options.GrowthReferences.Select(references => new SeededSourceOptions
            {
                Seed = 13,
                TotalBytes = ImageBytes,
                References = references,
                SharedShare = 0.7,
                Modules = Math.Max(1, references / ImagesPerModule),
            }),
            [
                trials => trials.Plan(), trials => trials.Lock(), trials => trials.LockedPlan(),
                trials => trials.Diff(), trials => trials.Pull(),
            ]);
        await RunLineAsync(
            GrowthUnit.Gigabyte,
            options.GrowthBytes.Select(bytes => new SeededSourceOptions
            {
                Seed = 14,
                TotalBytes = bytes,
                References = ByteReferences,
                SharedShare = 0.7,
                Modules = 4,
            }),
            [trials => HasRoom(trials) ? trials.Pull() : null, trials => trials.Sync()]);
    }

    private async Task RunLineAsync(
        GrowthUnit unit, IEnumerable<SeededSourceOptions> sizes, IReadOnlyList<Func<GrowthTrials, Trial?>> works)
    {
        using BenchFolders folders = new();
        List<GrowthSource> sources = [];
        try
        {
            foreach (SeededSourceOptions size in sizes)
            {
                await Console.Error.WriteLineAsync(
                    $"Making a source: {size.TotalBytes / 1_000_000} MB, {size.References} references");
                sources.Add(await GrowthSource.StartAsync(size, cancellationToken));
            }

            List<GrowthTrials> trials =
                [.. sources.Select(source => new GrowthTrials(source, unit, folders, cancellationToken))];
            foreach (Func<GrowthTrials, Trial?> work in works)
            {
                await RunAsync([.. trials.Select(work).OfType<Trial>()]);
            }
        }
        finally
        {
            foreach (GrowthSource source in sources)
            {
                await source.DisposeAsync();
            }
        }
    }

    // Three times, so that a run never fills a disk that others need.
    private bool HasRoom(GrowthTrials trials)
    {
        long free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        bool hasRoom = free / 3 >= trials.Bytes;
        if (!hasRoom)
        {
            _leftOut.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"growth: pull of {trials.Bytes / 1e9:0.###} GB, because {free / 1e9:0.#} GB of disk are free"));
        }

        return hasRoom;
    }

    private async Task RunAsync(IReadOnlyList<Trial> trials) =>
        _series.AddRange(await runner.RunAsync(trials, cancellationToken));
}
