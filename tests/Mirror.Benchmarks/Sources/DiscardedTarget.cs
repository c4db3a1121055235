using Mirror.TestKit.Content;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Remote;

namespace Mirror.Benchmarks.Sources;

/// <summary>What a registry that keeps no bytes says it was given; it has proven each digest itself.</summary>
internal static class DiscardedTarget
{
    /// <summary>Fails unless every image of the plan is published there and every blob was sent whole.</summary>
    public static async Task DemandAsync(string host, SourceWants wants, CancellationToken cancellationToken)
    {
        using RegistryReader reader = new(host);
        HashSet<string> manifests = new(StringComparer.Ordinal);
        Dictionary<string, string> homes = new(StringComparer.Ordinal);
        foreach (SourceReference image in await reader.ListAsync(cancellationToken))
        {
            await AddAsync(image.Repository, image.Digest);
        }

        int published = wants.Plan.References.Count(image => manifests.Contains(image.Digest));
        int whole = 0;
        foreach (WantedBlob blob in wants.Blobs)
        {
            bool isWhole = homes.TryGetValue(blob.Digest, out string? home)
                && await reader.BlobSizeAsync(home, blob.Digest, cancellationToken) == blob.Size;
            whole += isWhole ? 1 : 0;
        }

        if (published != wants.Plan.References.Count || whole != wants.Blobs.Count)
        {
            throw new BenchFailureException(
                $"{published} of {wants.Plan.References.Count} images and {whole} of {wants.Blobs.Count} blobs "
                    + "reached the target.");
        }

        async Task AddAsync(string repository, string digest)
        {
            if (!manifests.Add(digest))
            {
                return;
            }

            ManifestLinks links = ManifestLinks.Read(
                await reader.ManifestAsync(repository, digest, cancellationToken));
            foreach (string blob in links.Blobs)
            {
                homes.TryAdd(blob, repository);
            }

            foreach (string child in links.Manifests)
            {
                await AddAsync(repository, child);
            }
        }
    }
}
