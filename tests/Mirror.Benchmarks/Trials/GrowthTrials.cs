using System.Globalization;
using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Trials;

/// <summary>The verbs of the engine on one of several sources that differ in size only.</summary>
internal sealed class GrowthTrials(
    GrowthSource source, GrowthUnit unit, BenchFolders folders, CancellationToken cancellationToken)
{
    private const double Gigabyte = 1_000_000_000;

    /// <summary>One of these is enough of what takes so long.</summary>
    private const long OnceBytes = 10_000_000_000;

    /// <summary>The bytes of a pull.</summary>
    public long Bytes => source.Wants.BlobBytes;

    public static Trial Nothing() => EngineTrials.Nothing("growth: start of a process");

    public Trial Plan() => New("plan", 0, () =>
    {
        ChildArguments arguments = new("plan") { Source = source.Endpoint, Bundle = folders.Root };
        return Task.FromResult(new PreparedTrial(Command.Engine(arguments))
        {
            Check = outcome => DemandPlanned(outcome.Result.Images),
        });
    });

    /// <summary>A new lock.</summary>
    public Trial Lock() => New("lock", 0, () =>
    {
        string folder = folders.New();
        return Task.FromResult(new PreparedTrial(
            Command.Engine(new ChildArguments("lock") { Source = source.Endpoint, Bundle = folder }))
        {
            Check = outcome => DemandPlanned(outcome.Result.Images),
            Folders = [folder],
        });
    });

    /// <summary>A plan of what is locked, with nothing of it on this machine.</summary>
    public Trial LockedPlan() => New("locked plan", 0, async () =>
    {
        string folder = folders.New();
        (ProcessOutcome locked, _) = await MeasuredProcess.RunAsync(
            Command.Engine(new ChildArguments("lock") { Source = source.Endpoint, Bundle = folder }),
            cancellationToken);
        locked.DemandSuccess("The lock");
        return new PreparedTrial(
            Command.Engine(new ChildArguments("locked-plan") { Source = source.Endpoint, Bundle = folder }))
        {
            Check = outcome => DemandPlanned(outcome.Result.Images),
            Folders = [folder],
        };
    });

    /// <summary>A lock, compared with its source: a plan, and the comparison of every tag.</summary>
    public Trial Diff() => New("diff", 0, async () =>
    {
        string folder = folders.New();
        (ProcessOutcome locked, _) = await MeasuredProcess.RunAsync(
            Command.Engine(new ChildArguments("lock") { Source = source.Endpoint, Bundle = folder }),
            cancellationToken);
        locked.DemandSuccess("The lock");
        return new PreparedTrial(
            Command.Engine(new ChildArguments("diff") { Source = source.Endpoint, Bundle = folder }))
        {
            Check = outcome => DemandSame(outcome.Result.Images),
            Folders = [folder],
        };
    });

    /// <summary>A pull into a new folder.</summary>
    public Trial Pull() => New("pull", Bytes, () =>
    {
        string bundle = folders.New();
        return Task.FromResult(new PreparedTrial(
            Command.Engine(new ChildArguments("pull") { Source = source.Endpoint, Bundle = bundle }))
        {
            Check = outcome => source.Wants.DemandBundle(bundle, outcome.Result),
            Folders = [bundle],
        });
    });

    /// <summary>A sync into an empty registry that keeps no bytes.</summary>
    public Trial Sync() => New("sync", Bytes, async () =>
    {
        string folder = folders.New();
        KitRegistry target = await KitRegistry.DiscardAsync(cancellationToken);
        ChildArguments arguments = new("sync")
        {
            Source = source.Endpoint,
            Target = $"{target.Host}/{SeededSource.Root}",
            Bundle = folder,
        };
        return new PreparedTrial(Command.Engine(arguments))
        {
            CheckTargetAsync = () => DiscardedTarget.DemandAsync(target.Host, source.Wants, cancellationToken),
            Folders = [folder],
            Registry = target,
        };
    });

    private Trial New(string verb, long bytes, Func<Task<PreparedTrial>> prepare)
    {
        (string line, double count, string size) = unit == GrowthUnit.Image
            ? ("images", source.Wants.Plan.Images, $"{source.Wants.Plan.Images} images")
            : ("bytes", Bytes / Gigabyte, Gigabytes(source.Options.TotalBytes));
        return new Trial($"growth: {verb}, {line}", $"{EngineTrials.Name}, {size}", TrialRole.Point, bytes, prepare)
        {
            Size = new GrowthSize(unit, count),
            MostRounds = Bytes < OnceBytes ? int.MaxValue : 1,
        };
    }

    private void DemandPlanned(int images)
    {
        if (images != source.Wants.Plan.Images)
        {
            throw new BenchFailureException($"{images} of {source.Wants.Plan.Images} images were planned.");
        }
    }

    private static void DemandSame(int changes)
    {
        if (changes != 0)
        {
            throw new BenchFailureException($"{changes} tags of one and the same state changed.");
        }
    }

    private static string Gigabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / Gigabyte:0.###} GB");
}
