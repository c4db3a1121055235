using System.Runtime.InteropServices;
using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Trials;
using Mirror.TestKit.Processes;

namespace Mirror.Benchmarks.Results;

/// <summary>The machine and the versions of all that took part; no name and no path of the machine.</summary>
internal sealed record BenchMachine(
    string Processor, int Processors, long MemoryBytes, string FileSystem, string System, DateTimeOffset Date)
{
    /// <summary>Versions by program.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Peers that are not installed.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    public static async Task<BenchMachine> ReadAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> versions = new(StringComparer.Ordinal)
        {
            [".NET"] = RuntimeInformation.FrameworkDescription,
            ["mirror"] = await FirstLineAsync("git", ["-C", RepositoryRoot.Path, "rev-parse", "--short", "HEAD"]),
        };
        string[] programs = ["curl", "docker-registry", .. Peers.Installed.Select(peer => peer.Program)];
        foreach (string program in programs)
        {
            // Crane and oras have a verb for it, the others an option.
            string[] arguments = program is "crane" or "oras" or "regctl" ? ["version"] : ["--version"];
            versions[program] = await FirstLineAsync(program, arguments);
        }

        return new BenchMachine(
            Field("/proc/cpuinfo", "model name", ':'),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            new DriveInfo(Path.GetTempPath()).DriveFormat,
            $"{Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"')}, {Environment.OSVersion.VersionString}",
            DateTimeOffset.UtcNow)
        {
            Versions = versions,
            Absent = Peers.Absent,
        };

        async Task<string> FirstLineAsync(string program, string[] arguments)
        {
            if (RealParts.Find(program) is not { } path)
            {
                return "not installed";
            }

            (ProcessOutcome outcome, _) =
                await MeasuredProcess.RunAsync(new Command(path, arguments), cancellationToken);
            return (outcome.Output + outcome.Errors).Split('\n')[0].Trim();
        }
    }

    private static string Field(string file, string name, char separator) =>
        File.Exists(file)
        && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim()
            : "unknown";
}
