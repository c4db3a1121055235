using System.Diagnostics.CodeAnalysis;
using Mirror.TestKit.Content;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Sources;

/// <summary>
/// A seeded edition of any size behind the test kit's registry: a docker-registry takes too long to fill with it.
/// </summary>
internal sealed class GrowthSource : IAsyncDisposable
{
    private readonly KitRegistry _registry;

    private GrowthSource(KitRegistry registry, SeededSourceOptions options, SourceWants wants)
    {
        _registry = registry;
        Options = options;
        Wants = wants;
    }

    public SeededSourceOptions Options { get; }

    public SourceWants Wants { get; }

    /// <summary>The edition: <c>host:port/path</c>.</summary>
    public string Endpoint => $"{_registry.Host}/{SeededSource.Root}";

    /// <summary>Makes the edition twice, once here to check against, and plans.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The source owns the registry, or the catch ends it.")]
    public static async Task<GrowthSource> StartAsync(SeededSourceOptions options, CancellationToken cancellationToken)
    {
        KitRegistry registry = await KitRegistry.ServeAsync(options, cancellationToken);
        try
        {
            ContentSet content = SeededSource.Create(options).Content;
            string endpoint = $"{registry.Host}/{SeededSource.Root}";
            return new GrowthSource(
                registry, options, await SourceWants.ReadAsync(endpoint, content, cancellationToken));
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();
}
