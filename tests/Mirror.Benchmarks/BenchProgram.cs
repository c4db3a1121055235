using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Micro;
using Mirror.Benchmarks.Results;
using Mirror.Benchmarks.Trials;

namespace Mirror.Benchmarks;

/// <summary>
/// Measures the engine against floors and peers (docs/performance.md). It fails when work fails or its result is wrong,
/// never because something is slow.
/// </summary>
internal static class BenchProgram
{
    private const int WorkFailed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [ChildWork.Marker, ..])
        {
            await ChildWork.RunAsync(args[1..]);
            return 0;
        }

        try
        {
            if (args is [MicroRun.Marker, ..])
            {
                MicroRun.Run(MicroOptions.Parse(args[1..]));
                return 0;
            }

            BenchOptions options = BenchOptions.Parse(args);
            using CancellationTokenSource stop = new();
            Console.CancelKeyPress += (_, press) =>
            {
                press.Cancel = true;
                stop.Cancel();
            };
            BenchReport report = await BenchRun.RunAsync(options, stop.Token);
            Directory.CreateDirectory(options.Output);
            string markdown = ReportMarkdown.Write(report);
            await File.WriteAllTextAsync(Path.Combine(options.Output, "bench.md"), markdown);
            await File.WriteAllTextAsync(Path.Combine(options.Output, "bench.json"), ReportJson.Write(report));
            Console.WriteLine(markdown);
            return 0;
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            await Console.Error.WriteLineAsync(BenchOptions.Help);
            return WrongUsage;
        }
        catch (BenchFailureException exception)
        {
            await Console.Error.WriteLineAsync($"FAILED: {exception.Message}");
            return WorkFailed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; nothing was written.");
            return WorkFailed;
        }
    }
}
