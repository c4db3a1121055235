using System.Text.Json;
using System.Text.Json.Serialization;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Registry;

/// <summary>
/// Who refers to a manifest (distribution-spec 1.1, "Listing Referrers"). What is unknown has no referrers.
/// </summary>
internal sealed class ReferrersEndpoint(ContentSet content)
{
    private const string Filter = "artifactType";

    private static readonly JsonSerializerOptions WithoutNulls =
        new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Task ListAsync(Exchange exchange)
    {
        var (_, name, subject) = exchange.Route;
        if (!Sha256Digest.IsWellFormed(subject))
        {
            return exchange.RefuseAsync(400, "DIGEST_INVALID", $"not a digest: {subject}");
        }

        var referrers = content.TryGetRepository(name, out var repository) ? repository.Referrers(subject) : [];
        if (exchange.Query(Filter) is { } artifactType)
        {
            exchange.Response.Headers["OCI-Filters-Applied"] = Filter;
            referrers = [.. referrers.Where(referrer => referrer.Referral?.ArtifactType == artifactType)];
        }

        var index = new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciIndex,
            manifests = referrers.Select(Describe),
        };
        return exchange.WriteAsync(MediaTypes.OciIndex, JsonSerializer.SerializeToUtf8Bytes(index, WithoutNulls));
    }

    private static object Describe(StoredManifest manifest) => new
    {
        mediaType = manifest.MediaType,
        digest = manifest.Digest,
        size = manifest.Bytes.Length,
        artifactType = manifest.Referral?.ArtifactType,
        annotations = manifest.Referral?.Annotations,
    };
}
