using System.Globalization;
using Microsoft.AspNetCore.Http;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>The reading half of the distribution specification.</summary>
internal sealed class PullEndpoints(ContentSet content, int maxPageSize, bool linksPages)
{
    public static Task BaseAsync(Exchange exchange)
    {
        exchange.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        return exchange.WriteAsync("application/json", "{}"u8.ToArray());
    }

    public Task ManifestAsync(Exchange exchange)
    {
        var route = exchange.Route;
        if (!content.TryGetRepository(route.Repository, out var repository))
        {
            return exchange.RefuseUnknownRepositoryAsync();
        }

        if (!repository.TryGetManifest(route.Reference, out var manifest))
        {
            return exchange.RefuseAsync(404, "MANIFEST_UNKNOWN", $"manifest unknown: {route.Reference}");
        }

        exchange.SetDigest(manifest.Digest);
        return exchange.WriteAsync(manifest.MediaType, manifest.Bytes);
    }

    public Task BlobAsync(Exchange exchange)
    {
        var route = exchange.Route;
        if (!content.TryGetRepository(route.Repository, out var repository))
        {
            return exchange.RefuseUnknownRepositoryAsync();
        }

        if (!repository.TryGetBlob(route.Reference, out var blob))
        {
            return exchange.RefuseAsync(404, "BLOB_UNKNOWN", $"blob unknown: {route.Reference}");
        }

        if (blob is DiscardedBlob && !exchange.IsHead)
        {
            return exchange.RefuseAsync(404, "BLOB_UNKNOWN", $"the bytes were not kept: {route.Reference}");
        }

        var headers = exchange.Response.Headers;
        headers.AcceptRanges = "bytes";
        var size = blob.Size;
        if (ByteRange.Parse(exchange.Range, size) is not { } range)
        {
            exchange.SetDigest(blob.Digest);
            return exchange.StreamAsync(blob, new ByteRange(0, size));
        }

        if (range.Length == 0)
        {
            headers.ContentRange = $"bytes */{size}";
            return exchange.RefuseAsync(416, "RANGE_INVALID", "the range lies outside the blob");
        }

        exchange.SetDigest(blob.Digest);
        headers.ContentRange = $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{size}";
        exchange.Response.StatusCode = StatusCodes.Status206PartialContent;
        return exchange.StreamAsync(blob, range);
    }

    public Task TagsAsync(Exchange exchange)
    {
        var name = exchange.Route.Repository;
        return content.TryGetRepository(name, out var repository)
            ? PageAsync(exchange, $"/v2/{name}/tags/list", repository.Tags, tags => new { name, tags })
            : exchange.RefuseUnknownRepositoryAsync();
    }

    public Task CatalogAsync(Exchange exchange)
    {
        string[] names = [.. content.Repositories.Select(repository => repository.Name)];
        return PageAsync(exchange, "/v2/_catalog", names, repositories => new { repositories });
    }

    private Task PageAsync<T>(Exchange exchange, string path, IReadOnlyList<string> all, Func<string[], T> body)
    {
        var count = maxPageSize;
        if (exchange.Query("n") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            {
                return exchange.RefuseAsync(400, "PAGINATION_NUMBER_INVALID", $"not a page size: {text}");
            }

            count = Math.Min(asked, maxPageSize);
        }

        var last = exchange.Query("last") ?? "";
        string[] rest = [.. all.SkipWhile(name => string.CompareOrdinal(name, last) <= 0)];
        string[] page = [.. rest.Take(count)];
        if (linksPages && page.Length > 0 && rest.Length > page.Length)
        {
            var after = Uri.EscapeDataString(page[^1]);
            exchange.Response.Headers.Link = $"<{path}?last={after}&n={count}>; rel=\"next\"";
        }

        return exchange.WriteJsonAsync(body(page));
    }
}
