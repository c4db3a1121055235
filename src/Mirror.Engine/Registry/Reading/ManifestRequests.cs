using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Reading;

/// <summary>
/// Asks for manifests and their digests. What counts is the hash of the bytes, never a header alone; and only GET says
/// that something does not exist.
/// </summary>
internal sealed class ManifestRequests(
    RegistryAccess access, HttpWire wire, RequestSender sender, RequestSender optional, OptionalQuestions questions)
{
    /// <summary>The header that names what was read or written.</summary>
    public const string DigestHeader = "Docker-Content-Digest";

    /// <summary>
    /// The digest that HEAD tells of a tag; <see langword="null"/> when it tells none, whatever else it says: caches
    /// and gateways answer HEAD with 404 for what GET brings.
    /// </summary>
    public async Task<Digest?> PeekDigestAsync(string repository, string tag, CancellationToken cancellationToken) =>
        (await HeadAsync(repository, tag, cancellationToken).ConfigureAwait(false)).Digest;

    /// <summary>The digest a tag stands for; <see langword="null"/> when there is no such tag or repository.</summary>
    public async Task<Digest?> FindDigestAsync(string repository, string tag, CancellationToken cancellationToken) =>
        await PeekDigestAsync(repository, tag, cancellationToken).ConfigureAwait(false)
        ?? (await FindAsync(repository, tag, cancellationToken).ConfigureAwait(false))?.Digest;

    /// <summary>As <see cref="FindDigestAsync"/>, where a wrong "no" only costs work: unsure means no.</summary>
    public async Task<Digest?> ProbeDigestAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        (bool isAbsent, Digest? digest) = await HeadAsync(repository, tag, cancellationToken).ConfigureAwait(false);
        return isAbsent || digest is not null
            ? digest
            : (await ProbeAsync(repository, tag, cancellationToken).ConfigureAwait(false))?.Digest;
    }

    /// <summary>A manifest by tag or digest; <see langword="null"/> when there is none.</summary>
    public Task<ManifestContent?> FindAsync(string repository, string target, CancellationToken cancellationToken) =>
        GetAsync(sender, repository, target, cancellationToken);

    /// <summary>As <see cref="FindAsync"/>, where a wrong "no" only costs work: unsure means no.</summary>
    public async Task<ManifestContent?> ProbeAsync(
        string repository, string target, CancellationToken cancellationToken)
    {
        ManifestContent? found = null;
        await questions.AskAsync<bool>(
            "the manifests that are there",
            async token =>
            {
                found = await GetAsync(optional, repository, target, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    private async Task<(bool IsAbsent, Digest? Digest)> HeadAsync(
        string repository, string tag, CancellationToken cancellationToken) =>
        await questions.AskAsync(
            "digests by HEAD",
            token => optional.SendAsync(
                RegistryRequest.ForManifest(HttpMethod.Head, repository, tag),
                static status => status == HttpStatusCode.NotFound,
                static (response, _) => Task.FromResult<(bool, Digest?)?>(
                    response.Status == HttpStatusCode.NotFound ? (true, null)
                    : Digest.TryParse(response.Header(DigestHeader), out Digest named) ? (false, named)
                    : null),
                token),
            cancellationToken).ConfigureAwait(false) ?? (false, null);

    private Task<ManifestContent?> GetAsync(
        RequestSender by, string repository, string target, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForManifest(HttpMethod.Get, repository, target);
        return by.SendAsync(
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
            response.Message.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values)
                ? values.ToString()
                : "");
        if (MediaType.IsSchema1(mediaType))
        {
            throw new MirrorException(faults.ManifestMalformed(
                "it is of Docker's schema 1, which can no longer be copied unchanged."));
        }

        ReadOnlyMemory<byte> bytes = await wire.ReadAsync(
            response.Message, request, OciLimits.ManifestBytes, cancellationToken).ConfigureAwait(false);
        bool isNamed = Digest.TryParse(target, out Digest expected)
            || Digest.TryParse(response.Header(DigestHeader), out expected);
        if (!isNamed && IsPage(bytes.Span))
        {
            // The page of a login or an error, sent with 200: nothing is known of the manifest.
            throw new MirrorException(faults.UnexpectedAnswer("a web page instead of a manifest", ""));
        }

        Digest actual = isNamed
            ? expected.SameAlgorithm(CryptographicOperations.HashData(expected.HashName, bytes.Span))
            : Digest.OfSha256(bytes.Span);
        return isNamed && actual != expected
            ? throw new MirrorException(faults.DigestMismatch(expected.ToString(), actual.ToString()))
            : new ManifestContent(bytes, actual, IsVague(mediaType) ? "" : mediaType);
    }

    private static bool IsPage(ReadOnlySpan<byte> content) =>
        content.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'<', ..];

    // Web servers and caches in front of a registry say this of any file.
    private static bool IsVague(string mediaType) =>
        mediaType is "application/json" or "application/octet-stream" or "binary/octet-stream"
        || mediaType.StartsWith("text/", StringComparison.Ordinal);
}

/// <summary>
/// The bytes of a manifest as a registry sent them, checked against their digest; the media type is empty when the one
/// they were served as says nothing (<c>application/json</c>).
/// </summary>
internal sealed record ManifestContent(ReadOnlyMemory<byte> Bytes, Digest Digest, string MediaType);
