using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>The requests of an upload: open, piece, status, finish, release.</summary>
internal sealed class UploadSessions(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    public async Task<UploadSession> OpenAsync(string repository, string asked, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForUpload(repository, "", asked);
        return await sender.SendAsync(
            request,
            static status => status == HttpStatusCode.Accepted,
            (response, _) => Task.FromResult(new UploadSession(
                repository, LocationOf(response) ?? throw NoLocation(request, response), ShortestPieceOf(response))),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends one piece; the session goes on where the answer says. False: the registry is at another byte (416).
    /// </summary>
    public Task<bool> SendAsync(
        UploadSession session,
        Digest digest,
        long start,
        ReadOnlyMemory<byte> piece,
        CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForSession(
            HttpMethod.Patch, session.Repository, session.Location, $"a piece of {digest}") with
        {
            Body = () => Content(piece, start),
        };
        return sender.SendOnceAsync(
            request,
            static status => status is HttpStatusCode.Accepted or HttpStatusCode.Created or HttpStatusCode.NoContent
                or HttpStatusCode.RequestedRangeNotSatisfiable,
            (response, _) =>
            {
                if (response.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    return Task.FromResult(false);
                }

                session.Location = LocationOf(response) ?? throw NoLocation(request, response);
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    /// <summary>
    /// Asks how much the registry has, after a piece whose answer was lost; <see langword="null"/>: it lost the upload.
    /// </summary>
    public Task<long?> FindReceivedAsync(UploadSession session, CancellationToken cancellationToken)
    {
        return sender.SendAsync(
            RegistryRequest.ForSession(
                HttpMethod.Get, session.Repository, session.Location, "the state of an upload"),
            static status => IsThere(status) || status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                or HttpStatusCode.RequestedRangeNotSatisfiable,
            (response, _) =>
            {
                session.Location = LocationOf(response) ?? session.Location;
                return Task.FromResult(
                    IsThere(response.Status) ? UploadRange.Received(response.Header("Range")) : null);
            },
            cancellationToken);

        static bool IsThere(HttpStatusCode status) =>
            status is HttpStatusCode.NoContent or HttpStatusCode.Accepted or HttpStatusCode.OK;
    }

    /// <summary>Ends an upload with its digest, and with a body if there is one.</summary>
    public Task FinishAsync(
        UploadSession session,
        Digest digest,
        Func<HttpContent> body,
        bool isOneShot,
        CancellationToken cancellationToken)
    {
        string parameter = $"digest={Uri.EscapeDataString(digest.ToString())}";
        return sender.SendOnceAsync(
            RegistryRequest.ForSession(
                HttpMethod.Put, session.Repository, UploadLocation.With(session.Location, parameter),
                $"the upload of {digest}") with
            {
                Body = body,
                IsOneShot = isOneShot,
            },
            static status => status is HttpStatusCode.Created or HttpStatusCode.NoContent,
            static (_, _) => Task.FromResult(true),
            cancellationToken);
    }

    /// <summary>
    /// Ends a session that will not be used, also in a run that is cancelled. Registries forget them anyway.
    /// </summary>
    public async Task ReleaseAsync(string repository, Uri session)
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

    public Uri? LocationOf(RegistryResponse response) =>
        UploadLocation.Resolve(response.Header("Location"), response.Address, access);

    private MirrorException NoLocation(RegistryRequest request, RegistryResponse response) => new(
        new RegistryFaults(access, request, response.Address.Authority).UnexpectedAnswer(
            "an upload without a usable Location", ""));

    private static long ShortestPieceOf(RegistryResponse response) =>
        long.TryParse(
            response.Header("OCI-Chunk-Min-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? bytes
            : 0;

    private static ByteArrayContent Content(ReadOnlyMemory<byte> piece, long start)
    {
        ByteArrayContent content = new(piece.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // Without a unit, unlike the header of HTTP: distribution-spec 1.1, "Pushing a blob in chunks".
        content.Headers.TryAddWithoutValidation(
            "Content-Range", string.Create(CultureInfo.InvariantCulture, $"{start}-{start + piece.Length - 1}"));
        return content;
    }
}
