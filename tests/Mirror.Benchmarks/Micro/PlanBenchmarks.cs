using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Mirror.Engine;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Plan;

namespace Mirror.Benchmarks.Micro;

/// <summary>From images to a plan, to its sizes, to the place of every entry.</summary>
public class PlanBenchmarks
{
    private ImmutableArray<ArchiveContent> _archives = [];
    private MirrorPlan? _plan;

    [Params(500, 5000)]
    public int Images { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _archives = new MicroImages(Images).Archives;
        _plan = MicroImages.Plan(_archives);
    }

    [Benchmark(Description = "PlanBuilder")]
    public object Plan() => MicroImages.Plan(_archives);

    [Benchmark(Description = "BundleLayout.WithSizes")]
    public object Sizes() => BundleLayout.WithSizes(_plan!);

    [Benchmark(Description = "BundleLayout.Create")]
    public object Layout() => BundleLayout.Create(_plan!);
}
