using System.Diagnostics;
using System.Globalization;
using Mirror.Engine.Disk;
using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Tests.Disk;
using Mirror.Engine.Tests.Fuzz;
using Mirror.Engine.Tests.Hashing;
using Mirror.Engine.Tests.House;
using Mirror.Engine.Tests.Real;
using Mirror.TestKit.Processes;

namespace Mirror.Engine.Tests.Kit;

/// <summary>
/// Work of a test in a process of its own: the test assembly runs again, does the one thing that the environment names
/// instead of running tests, and ends.
/// </summary>
internal static class ChildProcess
{
    /// <summary>The variable that names the one thing.</summary>
    public const string Task = "MIRROR_TEST_CHILD";

    private const string Directory = "MIRROR_TEST_DIRECTORY";
    private const string Source = "MIRROR_TEST_SOURCE";
    private const string Inputs = "MIRROR_TEST_INPUTS";
    private const string Target = "MIRROR_TEST_TARGET";
    private const string Connections = "MIRROR_TEST_CONNECTIONS";
    private const string ChunkBytes = "MIRROR_TEST_CHUNK_BYTES";
    private const string Kernels = "MIRROR_TEST_KERNELS";
    private const string Rate = "MIRROR_TEST_RATE";
    private const string DiskPause = "MIRROR_TEST_DISK_PAUSE";
    private const string Report = "MIRROR_TEST_REPORT";
    private const string Bases = "MIRROR_TEST_BASES";

    /// <summary>How a pull or push ends that told its faults.</summary>
    public const int Failed = 3;

    /// <summary>The command line that starts this assembly again.</summary>
    public static IReadOnlyList<string> CommandLine { get; } =
        Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? [Environment.ProcessPath, typeof(ChildProcess).Assembly.Location]
            : [Environment.ProcessPath];

    /// <summary>Variables that make the child pull a source into a folder, without certificates.</summary>
    public static IReadOnlyList<string> PullVariables(string source, string directory, int connections) =>
        [$"{Task}=pull", $"{Source}={source}", $"{Directory}={directory}", $"{Connections}={connections}"];

    /// <summary>As above, into chunks of a size (0: none), on a <see cref="SlowDisk"/>.</summary>
    public static IReadOnlyList<string> SlowPullVariables(
        string source, string directory, int chunkBytes, TimeSpan diskPause) =>
        [
            .. PullVariables(source, directory, connections: 4),
            $"{ChunkBytes}={chunkBytes}",
            $"{DiskPause}={diskPause.TotalMilliseconds}",
        ];

    /// <summary>As above, of the platform alone, as a delta against a base.</summary>
    public static IReadOnlyList<string> DeltaPullVariables(
        string source, string directory, string deltaBase, TimeSpan diskPause) =>
        [.. SlowPullVariables(source, directory, chunkBytes: 0, diskPause), $"{Bases}={deltaBase}"];

    /// <summary>Variables that make the child merge folders into another, on a <see cref="SlowDisk"/>.</summary>
    public static IReadOnlyList<string> MergeVariables(string directory, string[] folders, TimeSpan diskPause) =>
        [
            $"{Task}=merge",
            $"{Directory}={directory}",
            $"{Bases}={string.Join(';', folders)}",
            $"{DiskPause}={diskPause.TotalMilliseconds}",
        ];

    /// <summary>Variables that make the child push a folder to a target, without certificates.</summary>
    public static IReadOnlyList<string> PushVariables(string target, string directory, int connections = 8) =>
        [$"{Task}=push", $"{Source}={target}", $"{Directory}={directory}", $"{Connections}={connections}"];

    /// <summary>Variables that make the child do what each line of its input asks for.</summary>
    public static IReadOnlyList<string> FailingRunVariables() => [$"{Task}=failing-runs"];

    /// <summary>A variable that makes a pull or push write a report.</summary>
    public static string ReportVariable(string file) => $"{Report}={file}";

    /// <summary>Variables that make the child name its kernel of Streebog, and a sum that it made.</summary>
    public static IReadOnlyList<string> GostKernelVariables() => [$"{Task}=gost-kernel"];

    /// <summary>Variables that make the child check what a full volume does.</summary>
    public static IReadOnlyList<string> SmallVolumeVariables(string volume) =>
        [$"{Task}=small-volume", $"{Directory}={volume}"];

    /// <summary>Variables that make the child try operations of the real disk and say how each ended.</summary>
    public static IReadOnlyList<string> DiskVariables(string folder) =>
        [$"{Task}=disk", $"{Directory}={folder}"];

    /// <summary>Starts the child through a program such as <c>env</c>, <c>strace</c> or <c>unshare</c>.</summary>
    public static Task<ToolResult> RunAsync(
        IEnumerable<string> variables, IReadOnlyList<string> prefix, CancellationToken cancellationToken)
    {
        string[] command = ["env", .. variables, .. prefix, .. CommandLine];
        return Tool.RunAsync(RealPart.OrSkip(command[0]), command[1..], cancellationToken);
    }

    /// <summary>Does what the environment asks for; false when it asks for nothing.</summary>
    internal static bool RunInsteadOfTests()
    {
        string? task = Environment.GetEnvironmentVariable(Task);
        if (task is null)
        {
            return false;
        }

        Environment.ExitCode = Run(task);
        return true;
    }

    /// <summary>Does one thing.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string task)
    {
        switch (task)
        {
            case "small-volume":
                SmallVolume.Check(Environment.GetEnvironmentVariable(Directory)!);
                break;
            case "disk":
                TriedDisk.Run(Environment.GetEnvironmentVariable(Directory)!);
                break;
            case "pull":
                return TellFaults(Pull);
            case "merge":
                return TellFaults(Merge);
            case "fuzz":
                Fuzz(int.Parse(Environment.GetEnvironmentVariable(Inputs) ?? "1000000"));
                break;
            case "messages":
                Console.WriteLine(string.Join('\n', MessageList.OfSources()));
                break;
            case "gost":
                GostBench.Run();
                break;
            case "gost-timings":
                GostTimings.RunAsync(
                    Environment.GetEnvironmentVariable(Source)!,
                    Environment.GetEnvironmentVariable(Directory)!,
                    Number(Rate),
                    Number(ChunkBytes),
                    Environment.GetEnvironmentVariable(Kernels)?.Split(',') ?? []).GetAwaiter().GetResult();
                break;
            case "gost-kernel":
                GostBench.PrintKernel();
                break;
            case "push":
                return TellFaults(Push);
            case "failing-runs":
                FailingRuns.Serve();
                break;
            case "plan":
                Plan();
                break;
            default:
                return 2;
        }

        return 0;
    }

    private static int TellFaults(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (MirrorException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return Failed;
        }
    }

    // The lines are what KilledRun waits for and measures between.
    private static void Push()
    {
        Console.WriteLine(KilledRun.Begins);
        new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).PushAsync(
            new MirrorPushSettings
            {
                Target = new RegistryEndpoint(Environment.GetEnvironmentVariable(Source)!),
                Insecure = true,
                BundleDirectory = Environment.GetEnvironmentVariable(Directory)!,
                ReportFile = Environment.GetEnvironmentVariable(Report),
                Transfer = new TransferLimits { MaxConnections = Number(Connections) },
            },
            null,
            CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(KilledRun.Ended);
    }

    // By hand, with a seeded source of any size served by the kit: how planning grows with the number of images.
    private static void Plan()
    {
        long start = TimeProvider.System.GetTimestamp();
        MirrorPlan plan = new MirrorEngine(new Dictionary<string, string>(), TimeProvider.System).PlanAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint(Environment.GetEnvironmentVariable(Source)!),
                Insecure = true,
                BundleDirectory = Environment.GetEnvironmentVariable(Directory)!,
            },
            null,
            CancellationToken.None).GetAwaiter().GetResult();
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.ImageCount} images, {plan.Requests} requests, {seconds:0.0} s, "
                + $"{self.PeakWorkingSet64 / 1_000_000.0:0} MB resident at most"));
    }

    private static void Fuzz(int inputs)
    {
        string? only = Environment.GetEnvironmentVariable(Target);
        List<Exception> unanswered = [];
        foreach (FuzzTarget target in FuzzTarget.All.Where(target => only is null || target.Name == only))
        {
            long start = TimeProvider.System.GetTimestamp();
            try
            {
                new FuzzRun(target, seed: 20261124).Run(inputs);
                double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                Console.WriteLine($"{target.Name}: {inputs} inputs answered in {seconds:0} s");
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine(exception);
                unanswered.Add(exception);
            }
        }

        if (unanswered.Count > 0)
        {
            Environment.Exit(1);
        }
    }

    // The lines are what KilledRun waits for and measures between.
    private static void Pull()
    {
        string[] bases = Texts(Bases);
        MirrorEngine engine = SlowEngine();
        Console.WriteLine(KilledRun.Begins);
        engine.PullAsync(
            new MirrorPullSettings
            {
                Source = new RegistryEndpoint(Environment.GetEnvironmentVariable(Source)!),
                Insecure = true,
                BundleDirectory = Environment.GetEnvironmentVariable(Directory)!,
                BundleChunkSize = Number(ChunkBytes),
                DeltaBases = [.. bases],
                Components = bases.Length > 0 ? MirrorComponents.Platform : MirrorComponents.All,
                ReportFile = Environment.GetEnvironmentVariable(Report),
                Transfer = new TransferLimits { MaxConnections = Number(Connections) },
            },
            null,
            CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(KilledRun.Ended);
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine($"{self.PeakWorkingSet64 / 1_000_000.0:0} MB resident at most");
    }

    private static void Merge()
    {
        MirrorEngine engine = SlowEngine();
        Console.WriteLine(KilledRun.Begins);
        engine.MergeAsync(
            new MirrorMergeSettings
            {
                MergeFrom = [.. Texts(Bases)],
                BundleDirectory = Environment.GetEnvironmentVariable(Directory)!,
            },
            null,
            CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(KilledRun.Ended);
    }

    private static MirrorEngine SlowEngine() => new(
        new EngineParts(new RunEnvironment(new Dictionary<string, string>()), TimeProvider.System)
        {
            Disk = new SlowDisk(new PhysicalDisk(), TimeSpan.FromMilliseconds(Number(DiskPause))),
        });

    private static string[] Texts(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable) ?? "0");
}
