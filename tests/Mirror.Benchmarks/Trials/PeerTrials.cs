using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>The works as the installed peers do them.</summary>
internal sealed class PeerTrials(BenchSource source, BenchFolders folders, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, string> _pulled = new(StringComparer.Ordinal);

    public IEnumerable<Trial> Pulls() => Peers.Installed.Select(peer => New("pull", peer, () =>
    {
        string folder = folders.New();
        return Task.FromResult(new PreparedTrial(Pull(peer, folder))
        {
            Watched = [source.Registry],
            Check = _ => DemandPulled(peer, folder),
            Folders = [folder],
        });
    }));

    public IEnumerable<Trial> Pushes() => Peers.Installed.Where(peer => peer.Push is not null)
        .Select(peer => New("push", peer, async () =>
        {
            string folder = await PulledAsync(peer);
            BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
            return New(target, [target], folder, peer.Push!(Work(folder, target.Host)), $"The push of {peer.Program}");
        }));

    public IEnumerable<Trial> Syncs() => Peers.Installed.Where(peer => peer.Sync is not null)
        .Select(peer => New("sync", peer, async () =>
        {
            string folder = folders.New();
            BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
            return New(
                target,
                [source.Registry, target],
                folder,
                peer.Sync!(Work(folder, target.Host)),
                $"The sync of {peer.Program}");
        }));

    private Trial New(string work, Peer peer, Func<Task<PreparedTrial>> prepare) =>
        new(work, peer.Program, TrialRole.Peer, source.BlobBytes, prepare);

    private PreparedTrial New(
        BenchRegistry target, BenchRegistry[] watched, string folder, IEnumerable<string> lines, string what) =>
        new(Command.Script(Path.Combine(folder, "run.sh"), lines))
        {
            Watched = watched,
            Check = _ => WantedBlob.DemandFiles(source.Blobs, target.FileOf, what),
            Registry = target,
        };

    // What a peer pushes is what it pulled, once, unmeasured.
    private async Task<string> PulledAsync(Peer peer)
    {
        if (!_pulled.TryGetValue(peer.Program, out string? folder))
        {
            folder = folders.New();
            (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(Pull(peer, folder), cancellationToken);
            outcome.DemandSuccess($"The first pull of {peer.Program}");
            DemandPulled(peer, folder);
            _pulled.Add(peer.Program, folder);
        }

        return folder;
    }

    private Command Pull(Peer peer, string folder) =>
        Command.Script(Path.Combine(folder, "pull.sh"), peer.Pull(Work(folder, "")));

    private PeerWork Work(string folder, string target) =>
        new(source.Registry.Host, target, folder, source.Plan.References);

    private void DemandPulled(Peer peer, string folder)
    {
        string what = $"The pull of {peer.Program}";
        if (peer.BlobFile is { } file)
        {
            WantedBlob.DemandFiles(source.Blobs, blob => Path.Combine(folder, file(blob)), what);
            return;
        }

        long bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(one => one.Length);
        if (bytes < source.BlobBytes)
        {
            throw new BenchFailureException($"{what} left {bytes} bytes; the blobs have {source.BlobBytes}.");
        }
    }
}
