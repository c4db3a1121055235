using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace Mirror.Benchmarks.Micro;

/// <summary>
/// The parts of the engine by themselves, each beside what the framework or a library does for the same end.
/// </summary>
internal static class MicroRun
{
    /// <summary>The first argument of this program that asks for them.</summary>
    public const string Marker = "micro";

    private const int Iterations = 5;
    private static readonly TimeSpan IterationTime = TimeSpan.FromMilliseconds(250);

    private static readonly Type[] Benchmarks =
    [
        typeof(CopyBenchmarks),
        typeof(StreebogBenchmarks),
        typeof(PlanBenchmarks),
        typeof(TarHeaderBenchmarks),
        typeof(TarScanBenchmarks),
    ];

    /// <summary>Runs those whose name matches.</summary>
    /// <exception cref="BenchFailureException">One of them fails, or none matches.</exception>
    public static void Run(MicroOptions options)
    {
        ManualConfig config = Config(options);
        BenchmarkRunInfo[] chosen = [.. Benchmarks
            .Select(type => BenchmarkConverter.TypeToBenchmarks(type, config))
            .Where(run => run.BenchmarksCases.Length > 0)];
        if (chosen.Length == 0)
        {
            throw new BenchFailureException($"No micro-benchmark is named {options.Filter}.");
        }

        Summary[] summaries = BenchmarkRunner.Run(chosen);
        bool hasFailed = summaries.Any(summary =>
            summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success));
        if (hasFailed)
        {
            throw new BenchFailureException("A micro-benchmark failed; see above.");
        }
    }

    private static ManualConfig Config(MicroOptions options) => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationCount(Iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(IterationTime.TotalMilliseconds)))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub, JsonExporter.Full)
        .AddValidator(JitOptimizationsValidator.FailOnError)
        .AddFilter(new GlobFilter([options.Filter]), new SimpleFilter(StreebogBenchmarks.CanRun))
        .WithArtifactsPath(options.Output);
}
