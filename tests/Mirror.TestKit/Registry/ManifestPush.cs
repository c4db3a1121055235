using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>Manifests on their way in: by default nothing is accepted whose parts are not here yet.</summary>
internal sealed class ManifestPush(TestRegistryOptions options)
{
    private const int LargestManifest = 4 * 1024 * 1024;

    public async Task PutAsync(Exchange exchange)
    {
        using var body = new MemoryStream();
        await exchange.Http.Body.CopyToAsync(body, exchange.Aborted);
        if (body.Length > LargestManifest)
        {
            await exchange.RefuseAsync(413, "SIZE_INVALID", $"a manifest has at most {LargestManifest} bytes");
            return;
        }

        StoredManifest manifest;
        try
        {
            manifest = new StoredManifest(exchange.Http.ContentType ?? MediaTypes.OciManifest, body.ToArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            await exchange.RefuseAsync(400, "MANIFEST_INVALID", exception.Message);
            return;
        }

        await AcceptAsync(exchange, manifest);
    }

    private Task AcceptAsync(Exchange exchange, StoredManifest manifest)
    {
        var route = exchange.Route;
        var byDigest = Sha256Digest.IsWellFormed(route.Reference);
        if (byDigest && route.Reference != manifest.Digest)
        {
            return exchange.RefuseAsync(400, "DIGEST_INVALID", $"the bytes have the digest {manifest.Digest}");
        }

        if (options.ConfigTypes is { } allowed && ConfigTypeOf(manifest) is { } type && !allowed.Contains(type))
        {
            return exchange.RefuseAsync(415, "MANIFEST_INVALID", $"artifacts of type {type} are not allowed");
        }

        var repository = options.Content.Repository(route.Repository);
        if (options.ChecksManifests && FirstMissing(repository, manifest.Links) is { } missing)
        {
            return exchange.RefuseAsync(400, "MANIFEST_BLOB_UNKNOWN", $"not in {route.Repository}: {missing}");
        }

        if (byDigest)
        {
            repository.AddManifest(manifest);
        }
        else if (options.ImmutableTags)
        {
            if (!repository.TryAddTagged(manifest, route.Reference))
            {
                return exchange.RefuseAsync(409, "TAG_INVALID", $"the tag {route.Reference} exists and is immutable");
            }
        }
        else
        {
            repository.AddManifest(manifest, route.Reference);
        }

        exchange.SetDigest(manifest.Digest);
        if (options.HasReferrers && manifest.Referral is { } referral)
        {
            exchange.Response.Headers["OCI-Subject"] = referral.Subject;
        }

        exchange.Answer(StatusCodes.Status201Created, $"/v2/{route.Repository}/manifests/{manifest.Digest}");
        return Task.CompletedTask;
    }

    private static string? ConfigTypeOf(StoredManifest manifest)
    {
        using var document = JsonDocument.Parse(manifest.Bytes);
        return document.RootElement.TryGetProperty("config", out var config)
            && config.TryGetProperty("mediaType", out var type)
                ? type.GetString()
                : null;
    }

    private static string? FirstMissing(RepositoryContent repository, ManifestLinks links) =>
        links.Blobs.FirstOrDefault(digest => !repository.TryGetBlob(digest, out _))
        ?? links.Manifests.FirstOrDefault(digest => !repository.TryGetManifest(digest, out _));
}
