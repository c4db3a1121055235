using System.Formats.Tar;
using BenchmarkDotNet.Attributes;
using Mirror.Engine.Bundles.Format;

namespace Mirror.Benchmarks.Micro;

/// <summary>The headers of an archive's entries, against those of the framework.</summary>
public class TarHeaderBenchmarks
{
    private string[] _paths = [];

    [Params(5000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int images = (Entries / 3) + 1;
        _paths = [.. BundleLayout.Create(MicroImages.Plan(new MicroImages(images).Archives))[0].Entries
            .Take(Entries).Select(entry => entry.Path)];
    }

    [Benchmark(Baseline = true, Description = "TarWriter")]
    public void Framework()
    {
        using TarWriter writer = new(Stream.Null, TarEntryFormat.Gnu);
        foreach (string path in _paths)
        {
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path));
        }
    }

    [Benchmark(Description = "TarHeader.Create")]
    public int Own()
    {
        int bytes = 0;
        foreach (string path in _paths)
        {
            bytes += TarHeader.Create(path, 0).Length;
        }

        return bytes;
    }
}
