using Mirror.TestKit.Files;

namespace Mirror.Benchmarks.Trials;

/// <summary>Where the benchmark keeps what it makes; all of it goes away on dispose.</summary>
internal sealed class BenchFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _count;

    public BenchFolders()
    {
        Directory.CreateDirectory(Bundle);
        Directory.CreateDirectory(Blobs);
        Directory.CreateDirectory(Unpacked);
    }

    public string Root => _folder.FullName;

    /// <summary>A pulled bundle, for verify and push.</summary>
    public string Bundle => _folder.Combine("bundle");

    /// <summary>The unique blobs, each a file named by its hex digits.</summary>
    public string Blobs => _folder.Combine("blobs");

    /// <summary>The entries of the bundle's archives as files.</summary>
    public string Unpacked => _folder.Combine("unpacked");

    /// <summary>A new empty folder.</summary>
    public string New() => Directory.CreateDirectory(_folder.Combine($"run-{++_count}")).FullName;

    public void Dispose() => _folder.Dispose();
}
