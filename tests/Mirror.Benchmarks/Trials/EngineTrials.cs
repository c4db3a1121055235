using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Trials;

/// <summary>The verbs of the engine, each run in a process of its own.</summary>
internal sealed class EngineTrials(BenchSource source, BenchFolders folders, CancellationToken cancellationToken)
{
    public const string Name = "mirror";

    public static Trial Nothing(string work = "start of a process") => new(
        work, $"{Name}, doing nothing", TrialRole.Ours, 0, () =>
            Task.FromResult(new PreparedTrial(Command.Engine(new ChildArguments("nothing")))));

    public Trial Plan() => new("plan", Name, TrialRole.Ours, 0, () =>
        Task.FromResult(new PreparedTrial(Command.Engine(
            new ChildArguments("plan") { Source = source.Endpoint, Bundle = folders.Root }))
        {
            Watched = [source.Registry],
            Check = outcome => Demand(outcome.Result.Images == source.Plan.Images, "The plan changed."),
        }));

    /// <summary>A pull into a new folder.</summary>
    /// <param name="work">The work it belongs to.</param>
    /// <param name="role">Its role there.</param>
    /// <param name="connections">Connections for blobs.</param>
    /// <param name="host">Where the source answers; <see langword="null"/>: the registry itself.</param>
    public Trial Pull(string work, TrialRole role, int connections, string? host = null) => new(
        work, Connections(connections), role, source.BlobBytes, () =>
        {
            string bundle = folders.New();
            string endpoint = host is null ? source.Endpoint : $"{host}/{SeededSource.Root}";
            ChildArguments arguments = new("pull")
            {
                Source = endpoint,
                Bundle = bundle,
                Connections = connections,
            };
            return Task.FromResult(new PreparedTrial(Command.Engine(arguments))
            {
                Watched = [source.Registry],
                Check = outcome => source.Wants.DemandBundle(bundle, outcome.Result),
                Folders = [bundle],
            });
        });

    /// <summary>A pull that goes on where half of every archive is there.</summary>
    public Trial Resume() => new("resume", Name, TrialRole.Ours, source.BlobBytes, () =>
    {
        string bundle = folders.New();
        HalfBundle.Make(folders.Bundle, bundle, cancellationToken);
        ChildArguments arguments = new("pull") { Source = source.Endpoint, Bundle = bundle };
        return Task.FromResult(new PreparedTrial(Command.Engine(arguments))
        {
            Watched = [source.Registry],
            Check = outcome => source.Wants.DemandBundle(bundle, outcome.Result),
            Folders = [bundle],
        });
    });

    public Trial Verify() => new("verify", Name, TrialRole.Ours, SourceWants.BytesOfArchives(folders.Bundle), () =>
        Task.FromResult(new PreparedTrial(Command.Engine(new ChildArguments("verify") { Bundle = folders.Bundle }))
        {
            Check = outcome => Demand(
                outcome.Result.Images == source.Plan.Images,
                $"{outcome.Result.Images} of {source.Plan.Images} images were verified."),
        }));

    /// <summary>A push into an empty registry.</summary>
    public Trial Push() => new("push", Name, TrialRole.Ours, source.BlobBytes, async () =>
    {
        BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
        return new PreparedTrial(Command.Engine(PushTo(target)))
        {
            Watched = [target],
            Check = outcome =>
            {
                WantedBlob.DemandFiles(source.Blobs, target.FileOf, "The push");
                DemandPublished(outcome.Result);
            },
            Registry = target,
        };
    });

    /// <summary>The same push into a registry that has everything.</summary>
    /// <param name="target">The registry.</param>
    public Trial PushAgain(BenchRegistry target) => new("push again", Name, TrialRole.Ours, 0, () =>
        Task.FromResult(new PreparedTrial(Command.Engine(PushTo(target)))
        {
            Watched = [target],
            Check = outcome => Demand(
                outcome.Result is { SentBlobs: 0, MountedBlobs: 0 },
                $"{outcome.Result.SentBlobs} blobs were sent again, {outcome.Result.MountedBlobs} mounted."),
        }));

    public Trial Sync() => new("sync", Name, TrialRole.Ours, source.BlobBytes, async () =>
    {
        string folder = folders.New();
        BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
        ChildArguments arguments = new("sync")
        {
            Source = source.Endpoint,
            Target = $"{target.Host}/{SeededSource.Root}",
            Bundle = folder,
        };
        return new PreparedTrial(Command.Engine(arguments))
        {
            Watched = [source.Registry, target],
            Check = outcome =>
            {
                WantedBlob.DemandFiles(source.Blobs, target.FileOf, "The sync");
                DemandPublished(outcome.Result);
            },
            Folders = [folder],
            Registry = target,
        };
    });

    /// <summary>Fills the folder of the bundle that verify and push read; not measured.</summary>
    public async Task PullBundleAsync()
    {
        ChildArguments arguments = new("pull") { Source = source.Endpoint, Bundle = folders.Bundle };
        (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(Command.Engine(arguments), cancellationToken);
        outcome.DemandSuccess("The first pull");
        source.Wants.DemandBundle(folders.Bundle, outcome.Result);
    }

    /// <summary>Pushes that bundle; not measured.</summary>
    public async Task FillAsync(BenchRegistry target)
    {
        (ProcessOutcome outcome, _) =
            await MeasuredProcess.RunAsync(Command.Engine(PushTo(target)), cancellationToken);
        outcome.DemandSuccess("The first push");
        WantedBlob.DemandFiles(source.Blobs, target.FileOf, "The first push");
    }

    private ChildArguments PushTo(BenchRegistry target) =>
        new("push") { Target = $"{target.Host}/{SeededSource.Root}", Bundle = folders.Bundle };

    // A target also gets tags by which modules and packages are found.
    private void DemandPublished(ChildResult result) => Demand(
        result.Images >= source.Plan.Images, $"{result.Images} of {source.Plan.Images} images were published.");

    private static string Connections(int connections) =>
        connections == ChildArguments.DefaultConnections ? Name
            : connections == 1 ? $"{Name}, 1 connection" : $"{Name}, {connections} connections";

    private static void Demand(bool isRight, string otherwise)
    {
        if (!isRight)
        {
            throw new BenchFailureException(otherwise);
        }
    }
}
