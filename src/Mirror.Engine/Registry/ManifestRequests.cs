using System.Net;
using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>Asks for manifests and their digests. What counts is the hash of the bytes, never a header alone.</summary>
internal sealed class ManifestRequests(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    /// <summary>The header that names what was read or written.</summary>
    public const string DigestHeader = "Docker-Content-Digest";

    /// <summary>The digest a tag stands for; <see langword="null"/> when there is no such tag or repository.</summary>
    public async Task<Digest?> FindDigestAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForManifest(HttpMethod.Head, repository, tag);
        (bool isKnown, Digest? digest) = await sender.SendAsync(
            request,
            static status => status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed,
            static (response, _) => Task.FromResult(response.Status switch
            {
                HttpStatusCode.NotFound when response.IsRegistry => (true, (Digest?)null),
                HttpStatusCode.OK when Digest.TryParse(response.Header(DigestHeader), out Digest named) =>
                    (true, named),
                _ => (false, null),
            }),
            cancellationToken).ConfigureAwait(false);

        // A HEAD answer has no body: only GET tells the digest, or the reason of a refusal.
        return isKnown
            ? digest
            : (await FindAsync(repository, tag, cancellationToken).ConfigureAwait(false))?.Digest;
    }

    /// <summary>A manifest by tag or digest; <see langword="null"/> when there is none.</summary>
    public Task<ManifestContent?> FindAsync(string repository, string target, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForManifest(HttpMethod.Get, repository, target);
        return sender.SendAsync(
            request,
            static status => status == HttpStatusCode.NotFound,
            (response, token) => ReadAsync(response, request, target, token),
            cancellationToken);
    }

    private async Task<ManifestContent?> ReadAsync(
        RegistryResponse response, RegistryRequest request, string target, CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        RegistryFaults faults = new(access, request, response.Address.Authority);
        string mediaType = MediaType.WithoutParameters(
            response.Message.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values)
                ? values.ToString()
                : "");
        if (MediaType.IsSchema1(mediaType))
        {
            throw new MirrorException(faults.ManifestMalformed(
                "it is of Docker's schema 1, which no longer can be copied unchanged."));
        }

        ReadOnlyMemory<byte> bytes = await wire.ReadAsync(
            response.Message, request, OciLimits.ManifestBytes, cancellationToken).ConfigureAwait(false);
        bool isNamed = Digest.TryParse(target, out Digest expected)
            || Digest.TryParse(response.Header(DigestHeader), out expected);
        Digest actual = isNamed
            ? expected.SameAlgorithm(CryptographicOperations.HashData(expected.HashName, bytes.Span))
            : Digest.OfSha256(bytes.Span);
        return isNamed && actual != expected
            ? throw new MirrorException(faults.DigestMismatch(expected.ToString(), actual.ToString()))
            : new ManifestContent(bytes, actual, IsVague(mediaType) ? "" : mediaType);
    }

    // Web servers and caches in front of a registry say this of any file.
    private static bool IsVague(string mediaType) =>
        mediaType is "application/json" or "application/octet-stream" or "binary/octet-stream"
        || mediaType.StartsWith("text/", StringComparison.Ordinal);
}
