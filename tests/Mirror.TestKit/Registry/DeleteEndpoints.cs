using Microsoft.AspNetCore.Http;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>Deleting tags, manifests and blobs (distribution-spec 1.1), or refusing all of it.</summary>
internal sealed class DeleteEndpoints(ContentSet content, bool isAllowed)
{
    public Task BlobAsync(Exchange exchange) =>
        DeleteAsync(exchange, "BLOB_UNKNOWN", static (repository, digest) => repository.RemoveBlob(digest));

    public Task ManifestAsync(Exchange exchange) =>
        DeleteAsync(
            exchange,
            "MANIFEST_UNKNOWN",
            static (repository, reference) => Sha256Digest.IsWellFormed(reference)
                ? repository.RemoveManifest(reference)
                : repository.RemoveTag(reference));

    private Task DeleteAsync(Exchange exchange, string unknown, Func<RepositoryContent, string, bool> remove)
    {
        if (!isAllowed)
        {
            return exchange.RefuseUnsupportedAsync();
        }

        var route = exchange.Route;
        if (!content.TryGetRepository(route.Repository, out var repository))
        {
            return exchange.RefuseUnknownRepositoryAsync();
        }

        if (!remove(repository, route.Reference))
        {
            return exchange.RefuseAsync(404, unknown, $"not in {route.Repository}: {route.Reference}");
        }

        exchange.Answer(StatusCodes.Status202Accepted);
        return Task.CompletedTask;
    }
}
