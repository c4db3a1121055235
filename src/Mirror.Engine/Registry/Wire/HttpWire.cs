using System.Buffers;
using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// One request, one answer: bounded waiting, every failure of the transport as fault, one event for each. Knows nothing
/// of retries, logins or redirects.
/// </summary>
internal sealed class HttpWire(
    RegistryAccess access,
    HttpMessageInvoker http,
    IWebProxy? proxy,
    HostGate gate,
    TimeProvider time,
    EventSink events)
{
    /// <summary>
    /// What a small answer must bring in each second, once the limit on silence has passed: each byte alone is in time
    /// when one comes after the other without end.
    /// </summary>
    public const int SlowestBody = 1024;

    /// <summary>What is read at once of an answer of unknown length.</summary>
    private const int BodyPage = 16 * 1024;

    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    public TimeProvider Time => time;

    public HostGate Gate => gate;

    /// <summary>The secrets of this run, which answers may repeat.</summary>
    public Redactor Secrets => events.Secrets;

    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message, RegistryRequest request, CancellationToken cancellationToken)
    {
        Uri address = message.RequestUri!;
        await gate.BeforeRequestAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _requests);
        using SilenceTimer silence = new(access.Timeout, time);
        UploadContent? upload = message.Content as UploadContent;
        upload?.Watch(silence, gate);
        try
        {
            HttpResponseMessage response = await silence.WatchAsync(
                (http, message),
                static (state, token) => new ValueTask<HttpResponseMessage>(
                    state.http.SendAsync(state.message, token)),
                cancellationToken).ConfigureAwait(false);
            response.RequestMessage ??= message;
            Judge(response);
            Report(message, $"{(int)response.StatusCode}");
            return response;
        }
        catch (Exception exception) when (IsTransport(exception, cancellationToken))
        {
            MirrorException failure = Failure(exception, request, address);
            Report(message, failure.Faults[0].Code);
            throw failure;
        }
        finally
        {
            // A server may answer before it has read all: its stream is the caller's again, whatever happens.
            await (upload?.StopAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a small body whole.</summary>
    /// <exception cref="MirrorException">The body is over the limit (D8M2013), or the connection failed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, RegistryRequest request, int limit, CancellationToken cancellationToken)
    {
        // One byte more than is told shows the end without growing; what is told is not trusted beyond a page.
        long told = response.Content.Headers.ContentLength ?? BodyPage;
        ArrayBufferWriter<byte> body = new((int)long.Clamp(told + 1, 1, BodyPage));
        if (told > limit
            || !await FillAsync(response, request, limit, body, cancellationToken).ConfigureAwait(false))
        {
            throw new MirrorException(
                new RegistryFaults(access, request, response.RequestMessage!.RequestUri!.Authority)
                    .TooLarge("the answer in bytes", limit));
        }

        return body.WrittenMemory;
    }

    /// <summary>Reads what a failed answer says; a body that is too long or breaks off is cut, not an error.</summary>
    public async Task<ErrorBody> ReadErrorAsync(
        HttpResponseMessage response, RegistryRequest request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Head)
        {
            return ErrorBody.Empty;
        }

        ArrayBufferWriter<byte> body = new();
        bool isWhole = false;
        try
        {
            isWhole = await FillAsync(response, request, OciLimits.ErrorBodyBytes, body, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MirrorException)
        {
            // The status is the failure to report; its explanation got lost on the way.
        }

        return ErrorBody.Parse(body.WrittenMemory, events.Secrets) with { IsCut = !isWhole };
    }

    public MirrorException Failure(Exception exception, RegistryRequest request, Uri address)
    {
        MirrorException failure =
            RegistryFailure.OfException(exception, access, request, address, proxy?.GetProxy(address));
        if (RegistryFailure.IsTemporary(failure))
        {
            gate.Troubled(null);
        }

        return failure;
    }

    /// <summary>Whether an exception is the transport's, and not the caller's own cancellation.</summary>
    public static bool IsTransport(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<bool> FillAsync(
        HttpResponseMessage response,
        RegistryRequest request,
        int limit,
        ArrayBufferWriter<byte> body,
        CancellationToken cancellationToken)
    {
        using SilenceTimer silence = new(access.Timeout, time);
        long begun = time.GetTimestamp();
        try
        {
            using Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (body.WrittenCount <= limit)
            {
                int read = await silence.WatchAsync(
                    (content, buffer: body.GetMemory(1)),
                    static (state, token) => state.content.ReadAsync(state.buffer, token),
                    cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return true;
                }

                body.Advance(read);
                if (time.GetElapsedTime(begun) - access.Timeout
                    > TimeSpan.FromSeconds((double)body.WrittenCount / SlowestBody))
                {
                    throw new SlowBodyException();
                }
            }

            return false;
        }
        catch (Exception exception) when (IsTransport(exception, cancellationToken))
        {
            throw Failure(exception, request, response.RequestMessage!.RequestUri!);
        }
    }

    private void Judge(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests
            || (int)response.StatusCode is >= 500 and not 501 and not 505 and not 507)
        {
            gate.Troubled(RetryAfter.Read(response, time.GetUtcNow()));
        }
        else
        {
            gate.Succeeded();
        }
    }

    // No query and no user: signatures, tokens and passwords travel there.
    private void Report(HttpRequestMessage message, string outcome) => events.Request(
        $"{message.Method} {Shown(message.RequestUri!)}: {outcome}");

    private static string Shown(Uri address)
    {
        string path = address.PathAndQuery;
        int end = path.AsSpan().IndexOfAny('?', '#');
        return $"{address.Scheme}://{address.Authority}{(end < 0 ? path : path[..end])}";
    }
}

/// <summary>A small answer that comes byte by byte, so that no wait for a single byte is ever too long.</summary>
internal sealed class SlowBodyException() : TimeoutException("The answer came too slowly.");
