using Mirror.Engine.Bundles.Writing;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>
/// Runs of one bundle, perhaps over an earlier one that is replaced, with the power failing before any operation.
/// </summary>
internal sealed class PowerFailureSweep
{
    private readonly SketchedBundle _bundle;
    private readonly long _chunkBytes;
    private readonly bool _hasSums;
    private readonly SortedDictionary<string, byte[]> _before;

    private PowerFailureSweep(
        SketchedBundle bundle, long chunkBytes, bool hasSums, SortedDictionary<string, byte[]> before)
    {
        _bundle = bundle;
        _chunkBytes = chunkBytes;
        _hasSums = hasSums;
        _before = before;
        Oracle = new FinalNames();
    }

    /// <summary>The folder after an uninterrupted run.</summary>
    public SortedDictionary<string, byte[]> Expected { get; private set; } = [];

    /// <summary>The operations of an uninterrupted run.</summary>
    public long Operations { get; private set; }

    public FinalNames Oracle { get; private set; }

    /// <summary>Makes one; the uninterrupted run has ended when this returns.</summary>
    /// <param name="before">The chunk size of an earlier bundle of other images; <see langword="null"/>: none.</param>
    /// <param name="chunkBytes">The chunk size of the bundle; 0: not split.</param>
    /// <param name="hasSums">Whether both have GOST sums.</param>
    public static async Task<PowerFailureSweep> MakeAsync(long? before, long chunkBytes, bool hasSums = false)
    {
        SortedDictionary<string, byte[]> earlier = [];
        if (before is { } size)
        {
            PowerFailureSweep first = new(SketchedBundle.Tiny(1), size, hasSums, []);
            SimulatedDisk disk = first.Disk();
            await first.RunAsync(disk);
            earlier = disk.Files();
        }

        PowerFailureSweep sweep = new(SketchedBundle.Tiny(2), chunkBytes, hasSums, earlier);
        SimulatedDisk whole = sweep.Disk();
        await sweep.RunAsync(whole);
        sweep.Operations = whole.Operations;
        sweep.Expected = whole.Files();
        sweep.Oracle = before is null ? new FinalNames(sweep.Expected) : new FinalNames(earlier, sweep.Expected);
        return sweep;
    }

    /// <summary>A disk as it is before the run.</summary>
    public SimulatedDisk Disk(bool flushesFiles = true, bool flushesFolders = true)
    {
        SimulatedDisk disk = new() { FlushesFiles = flushesFiles, FlushesFolders = flushesFolders };
        disk.Put(_before);
        return disk;
    }

    public async Task RunAsync(SimulatedDisk disk)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using OpenedBundle opened = await BundleRun.OpenAsync(
            _bundle,
            "/bundle",
            cancellation,
            disk,
            new BundleOptions { ChunkBytes = _chunkBytes, WritesSums = _hasSums, Force = true },
            new TickingTime(TimeSpan.FromMilliseconds(150)));
        await BundleRun.CommitAsync(opened, _bundle, cancellation);
    }

    /// <summary>A run that ends before its k-th operation; then the power fails and comes back.</summary>
    /// <returns>What was untrue at one of these moments.</returns>
    public async Task<IReadOnlyList<string>> CrashAsync(SimulatedDisk disk, long operations, int seed, bool isNewBoot)
    {
        disk.StopAfter(operations);
        try
        {
            await RunAsync(disk);
        }
        catch (SimulatedCrashException)
        {
        }
        catch (MirrorException exception) when (exception.Faults[0].Code == FaultCode.Defect)
        {
            // The crash hit a copy in the background; the commit then found the copy missing.
        }

        disk.StopAfter(long.MaxValue);
        IReadOnlyList<string> running = await Oracle.ProblemsAsync(disk);
        disk.Restart(seed, isNewBoot);
        return [.. running, .. await Oracle.ProblemsAsync(disk)];
    }
}
