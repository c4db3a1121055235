using System.Diagnostics;

namespace Mirror.Benchmarks.Measuring;

/// <summary>Runs one program at a time and measures it with all its children.</summary>
internal static class MeasuredProcess
{
    // What would make a child another program than it is elsewhere.
    private static readonly string[] Foreign = ["MSBUILD", "D8_", "D8MIRROR", "MIRROR_", "CAKE_"];

    /// <summary>Runs the program to its end. Cancelling ends it.</summary>
    public static Task<(ProcessOutcome Outcome, Measurement Measurement)> RunAsync(
        Command command, CancellationToken cancellationToken) => RunAsync(command, [], cancellationToken);

    /// <summary>Runs the program to its end and watches what lies in some folders. Cancelling ends it.</summary>
    public static async Task<(ProcessOutcome Outcome, Measurement Measurement)> RunAsync(
        Command command, IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        ReapedUsage before = ReapedUsage.Read();
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        using CancellationTokenSource ended = new();
        try
        {
            ResidentMemory memory = new(process.Id);
            DiskUse disk = new(folders);
            Task watching = Task.WhenAll(memory.WatchAsync(ended.Token), disk.WatchAsync(ended.Token));
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            TimeSpan wall = Stopwatch.GetElapsedTime(began);
            await ended.CancelAsync();
            await watching;
            ReapedUsage used = ReapedUsage.Read() - before;
            return (
                new ProcessOutcome(process.ExitCode, await output, await errors),
                new Measurement(wall, used.Cpu, memory.PeakBytes, used.WrittenBytes)
                {
                    PeakDiskBytes = folders.Count == 0 ? null : disk.PeakBytes,
                });
        }
        finally
        {
            await ended.CancelAsync();
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool IsForeign(string name) =>
        Array.Exists(Foreign, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
