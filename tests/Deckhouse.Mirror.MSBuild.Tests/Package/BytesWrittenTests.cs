using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Mirror.TestKit.Seeded;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

[Collection(SharedPackage.Name)]
public sealed class BytesWrittenTests(FaultProject project) : IClassFixture<FaultProject>
{
    private const string Spool = "/.tmp/d8mirror-spool-";
    private const string Part = ".part";

    private static readonly SeededSourceOptions _options = new() { TotalBytes = 200_000_000, References = 120 };

    [Fact]
    public async Task A_pull_writes_every_byte_once_and_only_metadata_twice()
    {
        string? strace = RealParts.Find("strace");
        Assert.SkipUnless(strace is not null || RealParts.AreRequired, "strace is not installed");
        Assert.True(strace is not null, "strace is not installed, and MIRROR_REAL_PARTS says it must be.");
        ContentSet source = SeededSource.Create(_options).Content;
        await using TestRegistry registry = await TestRegistry.StartAsync(
            new TestRegistryOptions { Content = source }, TestContext.Current.CancellationToken);
        using TemporaryFolder traces = new();
        string files = traces.Combine("trace");
        string bundle = project.NewBundle();

        DotNetRun pull = await project.BuildAsync(
            Strace.Wrapper(strace, files), "D8MirrorPull", bundle, registry.Host, [], "-p:D8MirrorInsecure=true");

        Assert.True(pull.ExitCode == 0, pull.Output);
        IReadOnlyDictionary<string, long> written = await Strace.WrittenAsync(files, bundle + "/");
        long stored = new DirectoryInfo(bundle).GetFiles().Sum(file => file.Length);
        Dictionary<string, long> metadata = MetadataOf(source);
        long spooled = 0;
        foreach ((string path, long bytes) in written.Where(pair => pair.Key.Contains(Spool, StringComparison.Ordinal)))
        {
            string name = WithoutPart(Path.GetFileName(path));
            Assert.True(metadata.TryGetValue(name, out long size), $"{path} is no metadata and was written twice.");
            Assert.True(bytes <= size, $"{bytes} bytes were written to {path}, which has {size}.");
            spooled += size;
        }

        foreach ((string path, long bytes) in written.Where(pair => File.Exists(WithoutPart(pair.Key))))
        {
            long size = new FileInfo(WithoutPart(path)).Length;
            Assert.True(bytes <= size, $"{bytes} bytes were written to {path}, which has {size}.");
        }

        Assert.True(spooled > 0, $"Planning has to read layers; {written.Count} files were written");
        Assert.InRange(written.Values.Sum(), _options.TotalBytes, (stored + spooled) * 101 / 100);
    }

    /// <summary>The sizes of everything in the source that is no large layer, by the name it has in a spool.</summary>
    private static Dictionary<string, long> MetadataOf(ContentSet source)
    {
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        foreach (RepositoryContent repository in source.Repositories)
        {
            foreach (BlobContent blob in repository.Blobs.Where(blob => blob is not SeededBlob))
            {
                sizes[blob.Digest.Replace(':', '-')] = blob.Size;
            }

            foreach (StoredManifest manifest in repository.Manifests)
            {
                sizes[manifest.Digest.Replace(':', '-')] = manifest.Bytes.Length;
            }
        }

        return sizes;
    }

    private static string WithoutPart(string path) =>
        path.EndsWith(Part, StringComparison.Ordinal) ? path[..^Part.Length] : path;
}
