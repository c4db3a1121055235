using Mirror.Benchmarks.Measuring;
using Mirror.TestKit.Processes;

namespace Mirror.Benchmarks.Sources;

/// <summary>A docker-registry on loopback whose access log is counted.</summary>
internal sealed class BenchRegistry : IAsyncDisposable
{
    private readonly DockerRegistry _registry;

    private BenchRegistry(DockerRegistry registry, AccessLog log)
    {
        _registry = registry;
        Log = log;
    }

    public AccessLog Log { get; }

    public string Host => _registry.Host;

    public static async Task<BenchRegistry> StartAsync(CancellationToken cancellationToken)
    {
        string program = RealParts.Find("docker-registry")
            ?? throw new BenchFailureException("docker-registry is not installed; Debian has a package of it.");
        AccessLog log = new();
        return new BenchRegistry(
            await DockerRegistry.StartLoggedAsync(program, log.Notice, cancellationToken), log);
    }

    /// <summary>Where it stores a blob.</summary>
    public string FileOf(WantedBlob blob) => Path.Combine(
        _registry.StoreFolder, "docker", "registry", "v2", "blobs", "sha256", blob.Hex[..2], blob.Hex, "data");

    public ValueTask DisposeAsync() => _registry.DisposeAsync();
}
