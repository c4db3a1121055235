using System.Diagnostics.CodeAnalysis;
using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.TestKit.Content;
using Mirror.TestKit.Remote;
using Mirror.TestKit.Seeded;

namespace Mirror.Benchmarks.Sources;

/// <summary>A seeded Deckhouse edition in a docker-registry, with what a pull of everything wants of it.</summary>
internal sealed class BenchSource : IAsyncDisposable
{
    private readonly BenchRegistry _registry;

    private BenchSource(BenchRegistry registry) => _registry = registry;

    public BenchRegistry Registry => _registry;

    /// <summary>The edition: <c>host:port/path</c>.</summary>
    public string Endpoint => $"{_registry.Host}/{SeededSource.Root}";

    /// <summary>What the engine's plan came to.</summary>
    public ChildResult Plan { get; private set; } = new();

    /// <summary>
    /// Every blob of the plan's images, once, found through the manifests of the seeded source: what the engine does
    /// is checked against this.
    /// </summary>
    public IReadOnlyList<WantedBlob> Blobs { get; private set; } = [];

    /// <summary>The bytes of <see cref="Blobs"/>.</summary>
    public long BlobBytes => Blobs.Sum(blob => blob.Size);

    /// <summary>Makes the edition, fills the registry and plans.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The source owns the registry, or the catch ends it.")]
    public static async Task<BenchSource> StartAsync(SeededSourceOptions options, CancellationToken cancellationToken)
    {
        ContentSet content = SeededSource.Create(options).Content;
        BenchRegistry registry = await BenchRegistry.StartAsync(cancellationToken);
        try
        {
            BenchSource source = new(registry);
            using (RegistryFiller filler = new(registry.Host))
            {
                await filler.FillAsync(content, cancellationToken);
            }

            await source.PlanAsync(content, cancellationToken);
            return source;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private async Task PlanAsync(ContentSet content, CancellationToken cancellationToken)
    {
        Command command = Command.Engine(
            new ChildArguments("plan") { Source = Endpoint, Bundle = Path.GetTempPath(), Lists = true });
        (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(command, cancellationToken);
        outcome.DemandSuccess("The plan");
        Plan = outcome.Result;
        Dictionary<string, WantedBlob> blobs = new(StringComparer.Ordinal);
        foreach (ImageReference image in Plan.References)
        {
            Add(content.Repository(image.Repository), image.Digest, blobs);
        }

        Blobs = [.. blobs.Values.OrderBy(blob => blob.Digest, StringComparer.Ordinal)];
        if (Blobs.Count == 0)
        {
            throw new BenchFailureException("The plan wants nothing.");
        }
    }

    private static void Add(RepositoryContent repository, string digest, Dictionary<string, WantedBlob> blobs)
    {
        if (!repository.TryGetManifest(digest, out StoredManifest? manifest))
        {
            throw new BenchFailureException($"The plan wants {repository.Name}@{digest}, which is not in the source.");
        }

        foreach (string link in manifest.Links.Blobs)
        {
            long size = repository.TryGetBlob(link, out BlobContent? blob)
                ? blob.Size
                : throw new BenchFailureException($"{repository.Name} lacks {link}.");
            blobs.TryAdd(link, new WantedBlob(link, size, repository.Name));
        }

        foreach (string child in manifest.Links.Manifests)
        {
            Add(repository, child, blobs);
        }
    }
}
