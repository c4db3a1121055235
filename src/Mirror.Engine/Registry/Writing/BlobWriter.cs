using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Writing;

/// <summary>
/// Puts blobs into repositories (distribution-spec 1.1, "Push"; docs/behaviour/wire.md#uploads): in one request; in
/// pieces where something in front of the registry takes no request of that size, which is remembered.
/// </summary>
internal sealed class BlobWriter(
    RegistryAccess access,
    HttpWire wire,
    RequestSender sender,
    RequestSender optional,
    OptionalQuestions questions,
    Backoff backoff,
    EventSink events)
{
    private readonly BodyLimit _limit = new();
    private readonly UploadSessions _sessions = new(access, wire, sender);

    public async Task<bool> HasAsync(
        string repository, Digest digest, long size, CancellationToken cancellationToken) =>
        await questions.AskAsync<bool>(
            "blobs by HEAD",
            async token => await optional.SendAsync(
                RegistryRequest.ForBlobProbe(repository, digest),
                static status => status == HttpStatusCode.NotFound,
                (response, _) => Task.FromResult(
                    response.Status == HttpStatusCode.OK
                    && (response.Message.Content.Headers.ContentLength ?? size) == size),
                token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? false;

    public async Task<bool> MountAsync(
        string repository, Digest digest, string source, CancellationToken cancellationToken)
    {
        string query = $"?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(source)}";
        RegistryRequest request = RegistryRequest.ForUpload(repository, query, $"mounting {digest} from {source}") with
        {
            MountSource = source,
        };
        (bool isMounted, Uri? session) = await questions.AskAsync<(bool, Uri?)>(
            "mounting blobs",
            async token => await optional.SendAsync(
                request,
                static status => (int)status < 500 && status != HttpStatusCode.TooManyRequests,
                (response, _) => Task.FromResult(
                    (response.Status == HttpStatusCode.Created,
                    response.Status == HttpStatusCode.Accepted ? _sessions.LocationOf(response) : null)),
                token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? (false, null);
        if (session is not null)
        {
            await _sessions.ReleaseAsync(repository, session).ConfigureAwait(false);
        }

        return isMounted;
    }

    /// <summary>
    /// Sends a blob: a session, then the body with its digest, whole or in pieces. The whole is not repeated: the
    /// stream is the caller's.
    /// </summary>
    /// <exception cref="MirrorException">The registry failed, or refused it.</exception>
    public async Task WriteAsync(
        string repository, Digest digest, long size, Stream content, CancellationToken cancellationToken)
    {
        using IDisposable place = await wire.Gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        UploadSession session = (_limit.Bytes >= size ? _sessions.TakeMoved(repository, digest) : null)
            ?? await _sessions.OpenAsync(repository, $"an upload of {digest}", cancellationToken).ConfigureAwait(false);
        try
        {
            if (_limit.Bytes >= size)
            {
                await SendWholeAsync(session, digest, size, content, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                UploadInPieces upload = new(session, _sessions, _limit, access, wire, backoff, events);
                await upload.RunAsync(digest, size, content, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await _sessions.ReleaseAsync(session).ConfigureAwait(false);
            throw;
        }
    }

    public bool MaySendInPieces(MirrorException failure) =>
        _limit.MayGoLower && failure.Faults.All(fault => fault.Code == FaultCode.BodyTooLarge);

    /// <summary>
    /// Throws what speaks against writing to a repository; leaves nothing behind. Unlike the questions that only save
    /// work it needs an answer: a registry that takes no upload now takes no blob later in the run.
    /// </summary>
    public async Task CheckAsync(string repository, CancellationToken cancellationToken)
    {
        UploadSession session = await _sessions.OpenAsync(
            repository, "the permission to push", cancellationToken).ConfigureAwait(false);
        await _sessions.ReleaseAsync(repository, session.Location).ConfigureAwait(false);
    }

    private async Task SendWholeAsync(
        UploadSession session, Digest digest, long size, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await _sessions.FinishAsync(
                session, digest, () => new UploadContent(content, size), isOneShot: true, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MirrorException exception) when (exception.Faults[0].Code == FaultCode.BodyTooLarge)
        {
            if (_limit.Lower(size))
            {
                events.Cause($"{digest} of {ByteCount.Format(size)} is too large for one request; "
                    + $"pieces of {ByteCount.Format(_limit.Bytes)} are tried.");
            }

            throw;
        }
    }
}
