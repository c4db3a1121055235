using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;

namespace Mirror.TestKit.Registry;

/// <summary>Uploads of blobs: in one request, in two, in chunks, or by mount.</summary>
internal sealed class UploadEndpoints(ContentSet content, bool allowMounts, bool keepsBlobs) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<UploadedBlob> _uploaded = new();

    public IReadOnlyList<UploadedBlob> Uploaded => [.. _uploaded];

    public int Open => _sessions.Count;

    public async Task StartAsync(Exchange exchange)
    {
        var repository = exchange.Route.Repository;
        if (exchange.Query("mount") is { } mounted && TryMount(repository, mounted, exchange.Query("from")))
        {
            Created(exchange, mounted);
            return;
        }

        // Checked before there is a session: nobody would learn where to end it.
        var digest = exchange.Query("digest");
        if (digest is not null && !Sha256Digest.IsWellFormed(digest))
        {
            await RefuseDigestAsync(exchange, digest);
            return;
        }

        var session = new UploadSession(repository, keepsBlobs ? _folder.FullName : null);
        _sessions[session.Id] = session;
        if (digest is not null)
        {
            await FinishAsync(exchange, session, digest);
            return;
        }

        Accepted(exchange, session);
    }

    public async Task ContinueAsync(Exchange exchange)
    {
        var route = exchange.Route;
        if (!_sessions.TryGetValue(route.Reference, out var session) || session.Repository != route.Repository)
        {
            await exchange.RefuseAsync(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
            return;
        }

        switch (exchange.Http.Method)
        {
            case "GET":
                Accepted(exchange, session, StatusCodes.Status204NoContent);
                break;
            case "PATCH":
                await AppendAsync(exchange, session);
                break;
            case "PUT":
                await FinishAsync(exchange, session, exchange.Query("digest") ?? "");
                break;
            case "DELETE":
                await DropAsync(session);
                exchange.Answer(StatusCodes.Status204NoContent);
                break;
            default:
                await exchange.RefuseUnsupportedAsync();
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            await session.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static void Created(Exchange exchange, string digest)
    {
        exchange.SetDigest(digest);
        exchange.Answer(StatusCodes.Status201Created, $"/v2/{exchange.Route.Repository}/blobs/{digest}");
    }

    private static void Accepted(Exchange exchange, UploadSession session, int status = StatusCodes.Status202Accepted)
    {
        exchange.Response.Headers["Docker-Upload-UUID"] = session.Id;
        exchange.Response.Headers.Range = $"0-{Math.Max(0, session.Received - 1)}";
        exchange.Answer(status, $"/v2/{session.Repository}/blobs/uploads/{session.Id}");
    }

    private static Task RefuseDigestAsync(Exchange exchange, string digest) =>
        exchange.RefuseAsync(400, "DIGEST_INVALID", $"not a digest: {digest}");

    private bool TryMount(string repository, string digest, string? from)
    {
        if (!allowMounts
            || from is null
            || !content.TryGetRepository(from, out var source)
            || !source.TryGetBlob(digest, out var blob))
        {
            return false;
        }

        content.Repository(repository).AddBlob(blob);
        return true;
    }

    private async Task AppendAsync(Exchange exchange, UploadSession session)
    {
        if (exchange.Http.Headers.ContentRange.FirstOrDefault() is { } range && !Continues(range, session.Received))
        {
            Accepted(exchange, session);
            await exchange.RefuseAsync(416, "RANGE_INVALID", $"{session.Received} bytes are here, not {range}");
            return;
        }

        if (await ReceiveAsync(exchange, session))
        {
            Accepted(exchange, session);
        }
    }

    private async Task FinishAsync(Exchange exchange, UploadSession session, string digest)
    {
        if (!Sha256Digest.IsWellFormed(digest))
        {
            await RefuseDigestAsync(exchange, digest);
            return;
        }

        if (!await ReceiveAsync(exchange, session))
        {
            return;
        }

        _sessions.TryRemove(session.Id, out _);
        if (await session.FinishAsync(digest, exchange.Aborted) is not { } blob)
        {
            await exchange.RefuseAsync(400, "DIGEST_INVALID", "the bytes do not have the digest they were sent under");
            return;
        }

        content.Repository(session.Repository).AddBlob(blob);
        _uploaded.Enqueue(new UploadedBlob(session.Repository, digest, blob.Size));
        Created(exchange, digest);
    }

    // A body that breaks ends the session, as docker-registry does: its old Location answers 404 afterwards.
    private async Task<bool> ReceiveAsync(Exchange exchange, UploadSession session)
    {
        try
        {
            await session.AppendAsync(exchange.Http.Body, exchange.Aborted);
            return true;
        }
        catch
        {
            await DropAsync(session);
            throw;
        }
    }

    private async Task DropAsync(UploadSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            await session.DiscardAsync();
        }
    }

    private static bool Continues(string contentRange, long received)
    {
        var first = contentRange.Split('-')[0];
        return long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from == received;
    }
}
