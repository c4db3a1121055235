using System.Diagnostics.CodeAnalysis;
using System.Formats.Tar;
using BenchmarkDotNet.Attributes;
using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Disk;

namespace Mirror.Benchmarks.Micro;

/// <summary>Finding every entry of an archive, and reading the bundle that it is.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The cleanup, which BenchmarkDotNet calls, disposes.")]
public class TarScanBenchmarks
{
    private readonly PhysicalDisk _disk = new();
    private MicroFolder? _folder;
    private StoredArchive? _archive;

    [Params(500, 5000)]
    public int Images { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = new MicroFolder();
        _archive = await new MicroImages(Images).WriteAsync(_folder.FullName);
    }

    [GlobalCleanup]
    public void Cleanup() => _folder!.Dispose();

    [Benchmark(Baseline = true, Description = "TarReader")]
    public int Framework()
    {
        using FileStream file = File.OpenRead(_archive!.PathOf(_archive.Name));
        using TarReader reader = new(file);
        int entries = 0;
        while (reader.GetNextEntry() is not null)
        {
            entries++;
        }

        return entries;
    }

    [Benchmark(Description = "TarScan")]
    public int Scan()
    {
        using IDiskFile file = _disk.OpenRead(_archive!.PathOf(_archive.Name));
        return TarScan.Scan(file, _archive.Name, CancellationToken.None, out _).Length;
    }

    /// <summary>The scan, and every index and manifest parsed and checked.</summary>
    [Benchmark(Description = "BundleReader")]
    public int Read()
    {
        using BundleReader reader = BundleReader.OpenSound(_disk, [_archive!], out _, CancellationToken.None);
        return reader.Content.Length;
    }
}
