using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Puts blobs into repositories (distribution-spec 1.1, "Push"; spec/bundle-and-push.md 4.5 and 4.6).
/// </summary>
internal sealed class BlobWriter(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    /// <summary>Whether a repository has a blob of this size; unsure means no.</summary>
    public Task<bool> HasAsync(string repository, Digest digest, long size, CancellationToken cancellationToken) =>
        sender.SendAsync(
            RegistryRequest.ForBlobProbe(repository, digest),
            static status => status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed,
            (response, _) => Task.FromResult(
                response.Status == HttpStatusCode.OK
                && (response.Message.Content.Headers.ContentLength ?? size) == size),
            cancellationToken);

    /// <summary>Takes a blob over from another repository; whatever speaks against it means no.</summary>
    public async Task<bool> MountAsync(
        string repository, Digest digest, string source, CancellationToken cancellationToken)
    {
        string query = $"?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(source)}";
        RegistryRequest request = RegistryRequest.ForUpload(repository, query, $"mounting {digest} from {source}") with
        {
            MountSource = source,
        };
        (bool isMounted, Uri? session) = await sender.SendAsync(
            request,
            static status => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests),
            (response, _) => Task.FromResult(
                (response.Status == HttpStatusCode.Created,
                response.Status == HttpStatusCode.Accepted ? LocationOf(response) : null)),
            cancellationToken).ConfigureAwait(false);
        if (session is not null)
        {
            await ReleaseAsync(repository, session).ConfigureAwait(false);
        }

        return isMounted;
    }

    /// <summary>
    /// Sends a blob: a session, then the whole body with its digest. Not repeated: the stream is the caller's.
    /// </summary>
    /// <exception cref="MirrorException">The registry failed, or refused it.</exception>
    public async Task WriteAsync(
        string repository, Digest digest, long size, Stream content, CancellationToken cancellationToken)
    {
        Uri session = await OpenAsync(repository, $"an upload of {digest}", cancellationToken).ConfigureAwait(false);
        string parameter = $"digest={Uri.EscapeDataString(digest.ToString())}";
        RegistryRequest request = RegistryRequest.ForSession(
            HttpMethod.Put, repository, UploadLocation.With(session, parameter), $"the upload of {digest}") with
        {
            Body = () => new UploadContent(content, size),
            IsOneShot = true,
        };
        try
        {
            await sender.SendOnceAsync(
                request,
                static status => status is HttpStatusCode.Created or HttpStatusCode.NoContent,
                static (_, _) => Task.FromResult(true),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await ReleaseAsync(repository, session).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Whether blobs may be written to a repository: opens an upload and drops it. A refusal is thrown.
    /// </summary>
    public async Task CheckAsync(string repository, CancellationToken cancellationToken)
    {
        Uri session = await OpenAsync(repository, "the permission to push", cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(repository, session).ConfigureAwait(false);
    }

    private async Task<Uri> OpenAsync(string repository, string asked, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForUpload(repository, "", asked);
        return await sender.SendAsync(
            request,
            static status => status == HttpStatusCode.Accepted,
            (response, _) => Task.FromResult(LocationOf(response) ?? throw new MirrorException(
                new RegistryFaults(access, request, response.Address.Authority).UnexpectedAnswer(
                    "an upload without a usable Location", ""))),
            cancellationToken).ConfigureAwait(false);
    }

    private Uri? LocationOf(RegistryResponse response) =>
        UploadLocation.Resolve(response.Header("Location"), response.Address, access);

    /// <summary>
    /// Ends a session that will not be used, also in a run that is cancelled. Registries forget them anyway.
    /// </summary>
    private async Task ReleaseAsync(string repository, Uri session)
    {
        using CancellationTokenSource limit = new(ReleaseLimit, wire.Time);
        try
        {
            await sender.SendOnceAsync(
                RegistryRequest.ForSession(HttpMethod.Delete, repository, session, "the end of an upload"),
                static _ => true,
                static (_, _) => Task.FromResult(true),
                limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MirrorException or OperationCanceledException)
        {
            // What counts is why the session is not used.
        }
    }
}
