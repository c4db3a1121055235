using System.Diagnostics.CodeAnalysis;
using Mirror.Benchmarks.Child;
using Mirror.TestKit.Content;
using Mirror.TestKit.Remote;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Sources;

/// <summary>A seeded Deckhouse edition in a docker-registry, with what a pull of everything wants of it.</summary>
internal sealed class BenchSource : IAsyncDisposable
{
    private readonly BenchRegistry _registry;

    private BenchSource(BenchRegistry registry, SourceWants wants)
    {
        _registry = registry;
        Wants = wants;
    }

    public BenchRegistry Registry => _registry;

    /// <summary>The edition: <c>host:port/path</c>.</summary>
    public string Endpoint => EndpointOf(_registry);

    public SourceWants Wants { get; }

    /// <inheritdoc cref="SourceWants.Plan"/>
    public ChildResult Plan => Wants.Plan;

    /// <inheritdoc cref="SourceWants.Blobs"/>
    public IReadOnlyList<WantedBlob> Blobs => Wants.Blobs;

    /// <inheritdoc cref="SourceWants.BlobBytes"/>
    public long BlobBytes => Wants.BlobBytes;

    /// <summary>Makes the edition, fills the registry and plans.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The source owns the registry, or the catch ends it.")]
    public static async Task<BenchSource> StartAsync(SeededSourceOptions options, CancellationToken cancellationToken)
    {
        ContentSet content = SeededSource.Create(options).Content;
        BenchRegistry registry = await BenchRegistry.StartAsync(cancellationToken);
        try
        {
            using (RegistryFiller filler = new(registry.Host))
            {
                await filler.FillAsync(content, cancellationToken);
            }

            return new BenchSource(
                registry, await SourceWants.ReadAsync(EndpointOf(registry), content, cancellationToken));
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private static string EndpointOf(BenchRegistry registry) => $"{registry.Host}/{SeededSource.Root}";
}
