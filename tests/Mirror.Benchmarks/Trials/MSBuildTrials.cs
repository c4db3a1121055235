using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>The pull through MSBuild, with the tasks that were built beside this program.</summary>
internal sealed class MSBuildTrials(BenchSource source, BenchFolders folders, CancellationToken cancellationToken)
{
    private const string Start = "start of a build";

    private readonly string _bundle = folders.New();
    private readonly string _lockedBundle = folders.New();
    private readonly string _locks = folders.New();

    public Trial Pull() => new("pull", "mirror, dotnet msbuild", TrialRole.Variant, source.BlobBytes, () =>
    {
        string folder = folders.New();
        string bundle = Path.Combine(folder, "bundle");
        return Task.FromResult(new PreparedTrial(Build(folder, bundle, "D8MirrorPull"))
        {
            Watched = [source.Registry],
            Check = _ => DemandBundle(bundle),
            Folders = [folder],
        });
    });

    public Trial Empty() => new(Start, "dotnet msbuild, an empty target", TrialRole.Floor, 0, () =>
    {
        string folder = folders.New();
        return Task.FromResult(new PreparedTrial(Build(folder, _bundle, "Empty")) { Folders = [folder] });
    });

    /// <summary>A pull of a bundle that is there and up to date.</summary>
    public Trial UpToDate() => UpToDate("a pull that is up to date", _bundle, locked: false);

    /// <summary>The same with a lock, which asks the registry nothing.</summary>
    public Trial LockedUpToDate() =>
        UpToDate("a locked pull that is up to date", _lockedBundle, locked: true);

    private Trial UpToDate(string name, string bundle, bool locked) => new(
        Start, $"dotnet msbuild, {name}", TrialRole.Ours, 0, async () =>
        {
            string folder = folders.New();
            Command build = Build(folder, bundle, "D8MirrorPull", locked);
            if (!Directory.EnumerateFiles(bundle, "*.tar").Any())
            {
                string target = locked ? "D8MirrorLock;D8MirrorPull" : "D8MirrorPull";
                (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(
                    Build(folder, bundle, target, locked), cancellationToken);
                outcome.DemandSuccess("The first pull through MSBuild");
            }

            return new PreparedTrial(build)
            {
                Watched = [source.Registry],
                Check = _ => DemandBundle(bundle),
                Folders = [folder],
            };
        });

    private Command Build(string folder, string bundle, string target, bool locked = false)
    {
        string project = Path.Combine(folder, "bench.proj");
        string package = Path.Combine(RepositoryRoot.Path, "src", "Deckhouse.Mirror.MSBuild");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string tasks = $"{package}/bin/{configuration}/net10.0/Deckhouse.Mirror.MSBuild.dll";
        string imports = $"{package}/build/Deckhouse.Mirror.MSBuild";
        File.WriteAllText(
            project,
            $"""
            <Project>
              <PropertyGroup>
                <D8MirrorTaskAssembly>{tasks}</D8MirrorTaskAssembly>
                <D8MirrorSource>{source.Endpoint}</D8MirrorSource>
                <D8MirrorInsecure>true</D8MirrorInsecure>
                <D8MirrorBundleDirectory>{bundle}</D8MirrorBundleDirectory>
                <D8MirrorNoSecurityDb>{locked}</D8MirrorNoSecurityDb>
                <D8MirrorLockFile>{(locked ? Path.Combine(_locks, "mirror.lock.json") : "")}</D8MirrorLockFile>
              </PropertyGroup>
              <Import Project="{imports}.props" />
              <Import Project="{imports}.targets" />
              <Target Name="Empty" />
            </Project>
            """);
        return new Command("dotnet", ["msbuild", project, $"-t:{target}", "-nologo", "-v:q", "-nr:false"]);
    }

    private void DemandBundle(string bundle)
    {
        long archives = SourceWants.BytesOfArchives(bundle);
        if (archives < source.BlobBytes)
        {
            throw new BenchFailureException($"MSBuild pulled {archives} bytes; the blobs have {source.BlobBytes}.");
        }
    }
}
