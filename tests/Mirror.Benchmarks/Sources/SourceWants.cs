using Mirror.Benchmarks.Child;
using Mirror.Benchmarks.Measuring;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;

namespace Mirror.Benchmarks.Sources;

/// <summary>What a pull of everything wants of a source.</summary>
/// <param name="Plan">What the engine's plan came to.</param>
/// <param name="Blobs">
/// Every blob of the plan's images, once, found through the manifests of the seeded source: what the engine does is
/// checked against this.
/// </param>
internal sealed record SourceWants(ChildResult Plan, IReadOnlyList<WantedBlob> Blobs)
{
    /// <summary>The bytes of <see cref="Blobs"/>.</summary>
    public long BlobBytes => Blobs.Sum(blob => blob.Size);

    /// <summary>Plans, and looks the images up.</summary>
    /// <param name="endpoint">The edition: <c>host:port/path</c>.</param>
    /// <param name="content">What is served there.</param>
    /// <param name="cancellationToken">Ends the plan.</param>
    public static async Task<SourceWants> ReadAsync(
        string endpoint, ContentSet content, CancellationToken cancellationToken)
    {
        using TemporaryFolder folder = new();
        Command command = Command.Engine(
            new ChildArguments("plan") { Source = endpoint, Bundle = folder.FullName, Lists = true });
        (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(command, cancellationToken);
        outcome.DemandSuccess("The plan");
        ChildResult plan = outcome.Result;
        Dictionary<string, WantedBlob> blobs = new(StringComparer.Ordinal);
        foreach (ImageReference image in plan.References)
        {
            Add(content.Repository(image.Repository), image.Digest, blobs);
        }

        return blobs.Count == 0
            ? throw new BenchFailureException("The plan wants nothing.")
            : new SourceWants(plan, [.. blobs.Values.OrderBy(blob => blob.Digest, StringComparer.Ordinal)]);
    }

    /// <summary>Fails unless a folder holds the archives of the plan, by the engine's count and their size.</summary>
    public void DemandBundle(string bundle, ChildResult result)
    {
        if (result.Images != Plan.Images)
        {
            throw new BenchFailureException($"{result.Images} of {Plan.Images} images were pulled.");
        }

        long archives = BytesOfArchives(bundle);
        if (archives < BlobBytes)
        {
            throw new BenchFailureException($"The archives have {archives} bytes, the blobs {BlobBytes}.");
        }
    }

    /// <summary>The bytes of a bundle's archives.</summary>
    public static long BytesOfArchives(string bundle) =>
        new DirectoryInfo(bundle).EnumerateFiles("*.tar").Sum(file => file.Length);

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
