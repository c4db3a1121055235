using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Mirror.Engine.Hashing;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Micro;

/// <summary>GOST R 34.11-2012 of 1 MB: the kernels against BouncyCastle.</summary>
public class StreebogBenchmarks
{
    private const string Table = "table";
    private const string Avx2 = "AVX2";
    private const string Avx512 = "AVX-512";

    private readonly byte[] _content = new byte[1024 * 1024];
    private readonly byte[] _other = new byte[1024 * 1024];

    [GlobalSetup]
    public void Setup()
    {
        SeededBytes.Fill(1, 0, _content);
        SeededBytes.Fill(2, 0, _other);
    }

    [Benchmark(Baseline = true, Description = "BouncyCastle")]
    public string Library() => Hash("BouncyCastle");

    [Benchmark(Description = Table)]
    public string TableKernel() => Hash(Table);

    [Benchmark(Description = Avx2)]
    public string Avx2Kernel() => Hash(Avx2);

    [Benchmark(Description = Avx512)]
    public string Avx512Kernel() => Hash(Avx512);

    /// <summary>Two messages side by side, with the best kernel: twice the bytes of the others.</summary>
    [Benchmark(Description = "two-messages")]
    public string Pair()
    {
        IGostDigest first = GostHasher.Best.Create();
        IGostDigest second = GostHasher.Best.Create();
        GostHasher.Append(first, _content, second, _other);
        return first.Finish() + second.Finish();
    }

    /// <summary>Whether this processor has the kernel that a benchmark is named after.</summary>
    internal static bool CanRun(BenchmarkCase benchmark)
    {
        string name = benchmark.Descriptor.WorkloadMethodDisplayInfo;
        return name is not (Avx2 or Avx512) || GostHasher.Names.Contains(name, StringComparer.Ordinal);
    }

    private string Hash(string name)
    {
        IGostDigest digest = GostHasher.Find(name)!.Create();
        digest.Append(_content);
        return digest.Finish();
    }
}
