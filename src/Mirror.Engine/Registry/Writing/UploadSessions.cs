using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Writing;

/// <summary>The requests of an upload: open, piece, status, finish, release.</summary>
internal sealed class UploadSessions(RegistryAccess access, HttpWire wire, RequestSender sender)
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Repository, Digest Digest), UploadSession> _moved = [];

    public async Task<UploadSession> OpenAsync(string repository, string asked, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForUpload(repository, "", asked);
        return await sender.SendAsync(
            request,
            static status => status is HttpStatusCode.Accepted or HttpStatusCode.Created or HttpStatusCode.NoContent,
            (response, _) => Task.FromResult(new UploadSession(
                repository,
                NextOf(request, response) ?? throw NoLocation(request, response),
                ShortestPieceOf(response))),
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

                session.Location = NextOf(request, response) ?? session.Location;
                session.Learn(response.Header("Range"), start + piece.Length);
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    /// <summary>
    /// Asks how much the registry has, after a piece whose answer was lost; <see langword="null"/>: it lost the upload.
    /// </summary>
    public Task<long?> FindReceivedAsync(UploadSession session, CancellationToken cancellationToken)
    {
        RegistryRequest request = RegistryRequest.ForSession(
            HttpMethod.Get, session.Repository, session.Location, "the state of an upload");
        return sender.SendAsync(
            request,
            static status => IsThere(status) || status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                or HttpStatusCode.RequestedRangeNotSatisfiable,
            (response, _) =>
            {
                session.Location = NextOf(request, response) ?? session.Location;
                return Task.FromResult(IsThere(response.Status)
                    ? UploadRange.Received(response.Header("Range"), session.NamesCount)
                    : null);
            },
            cancellationToken);

        static bool IsThere(HttpStatusCode status) =>
            status is HttpStatusCode.NoContent or HttpStatusCode.Accepted or HttpStatusCode.OK;
    }

    /// <summary>Ends an upload with its digest, and with a body if there is one.</summary>
    public async Task FinishAsync(
        UploadSession session,
        Digest digest,
        Func<HttpContent> body,
        bool isOneShot,
        CancellationToken cancellationToken)
    {
        string parameter = $"digest={Uri.EscapeDataString(digest.ToString())}";
        RegistryRequest request = RegistryRequest.ForSession(
            HttpMethod.Put,
            session.Repository,
            session.IsMoved ? session.Location : UploadLocation.With(session.Location, parameter),
            $"the upload of {digest}") with
        {
            Body = body,
            IsOneShot = isOneShot,
        };
        bool isCertain = await sender.SendOnceAsync(
            request,
            status => status is HttpStatusCode.Created or HttpStatusCode.NoContent or HttpStatusCode.Accepted
                || (isOneShot && IsForAnotherTry(status)),
            (response, _) => IsForAnotherTry(response.Status)
                ? throw AnotherTry(session, digest, request, response)
                : Task.FromResult(response.Status != HttpStatusCode.Accepted),
            cancellationToken).ConfigureAwait(false);

        // "Accepted" may mean that it is stored, or that more is expected: only the blob itself tells.
        if (!isCertain && !await IsThereAsync(session.Repository, digest, cancellationToken).ConfigureAwait(false))
        {
            throw new MirrorException(
                new RegistryFaults(access, request, session.Location.Authority).UploadLost());
        }

        static bool IsForAnotherTry(HttpStatusCode status) =>
            Redirects.IsRedirect(status) || status == HttpStatusCode.ExpectationFailed;
    }

    /// <summary>The upload of a blob that was redirected after its body was sent, to be sent there.</summary>
    public UploadSession? TakeMoved(string repository, Digest digest) =>
        _moved.TryRemove((repository, digest), out UploadSession? session) ? session : null;

    public Task ReleaseAsync(UploadSession session) =>
        session.IsMoved ? Task.CompletedTask : ReleaseAsync(session.Repository, session.Location);

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

    /// <summary>Where an upload goes on; <see langword="null"/> when that is nowhere it may go.</summary>
    public Uri? LocationOf(RegistryResponse response) =>
        UploadLocation.Resolve(response.Header("Location"), response.Address, access) is { } location
        && UploadLocation.IsAllowed(location, access)
            ? location
            : null;

    /// <summary>Where an upload goes on; <see langword="null"/> when the answer does not say.</summary>
    private Uri? NextOf(RegistryRequest request, RegistryResponse response)
    {
        if (response.Header("Location") is not { Length: > 0 } header)
        {
            return null;
        }

        Uri location = UploadLocation.Resolve(header, response.Address, access)
            ?? throw NoLocation(request, response);
        return UploadLocation.IsAllowed(location, access)
            ? location
            : throw new MirrorException(
                new RegistryFaults(access, request, response.Address.Authority).UploadElsewhere(location.Authority));
    }

    private MirrorException NoLocation(RegistryRequest request, RegistryResponse response) => new(
        new RegistryFaults(access, request, response.Address.Authority).UnexpectedAnswer(
            $"its Location for the upload is {LocationHeader.ForMessage(response.Header("Location"))}, which is not a "
                + "usable address",
            ""));

    /// <summary>The failure of a body that is spent: the next attempt knows a better way.</summary>
    private MirrorException AnotherTry(
        UploadSession session, Digest digest, RegistryRequest request, RegistryResponse response)
    {
        RegistryFaults faults = new(access, request, response.Address.Authority);
        if (!Redirects.IsRedirect(response.Status))
        {
            return RegistryFailure.WorthRepeating(
                new MirrorException(faults.UnexpectedAnswer($"{(int)response.Status}", "")));
        }

        Uri next = Redirects.Follow(response.Message, response.Address, hop: 0, access, request);
        session.IsMoved = true;
        _moved[(session.Repository, digest)] = new UploadSession(session.Repository, next, 0) { IsMoved = true };
        return RegistryFailure.WorthRepeating(
            new MirrorException(faults.RedirectRefused($"to {next.Authority} after its body was sent")));
    }

    private Task<bool> IsThereAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        sender.SendAsync(
            RegistryRequest.ForBlobProbe(repository, digest),
            static status => status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed,
            static (response, _) => Task.FromResult(response.Status == HttpStatusCode.OK),
            cancellationToken);

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
