using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Mirror.Engine.Registry.Login;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Polly;

namespace Mirror.Engine.Registry.Sending;

/// <summary>
/// Sends one request until it is answered: login, redirects, and retries of what is temporary. Whatever is not 2xx and
/// not wanted by the caller becomes a fault.
/// </summary>
internal sealed class RequestSender(
    RegistryAccess access, HttpWire wire, Authorizer authorizer, ResiliencePipeline pipeline)
{
    /// <summary>From here on asking first costs less than sending in vain.</summary>
    private const long LargeBody = 1024 * 1024;

    /// <summary>How often the registry is asked for another address when storage refuses the one it gave.</summary>
    private const int FreshAddresses = 2;

    /// <summary>How often one attempt sends a request, each time with another login or a moment later.</summary>
    private const int MaxLogins = 6;

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "deckhouse-mirror",
        typeof(RequestSender).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "0");

    private volatile bool _knowsNoExpect;
    private volatile bool _redirectsBodies;

    /// <summary>
    /// Sends a request and reads its answer; both are repeated together when they fail. The answer is disposed unless
    /// taken.
    /// </summary>
    public async Task<T> SendAsync<T>(
        RegistryRequest request,
        Func<HttpStatusCode, bool> isWanted,
        Func<RegistryResponse, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        // The answer passes around the pipeline, which would else be compiled again for each type of answer.
        T answer = default!;
        await pipeline.ExecuteAsync(
            async token =>
            {
                answer = await SendOnceAsync(request, isWanted, read, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <summary>
    /// As <see cref="SendAsync"/>, without a second attempt: for bodies that only their owner can repeat.
    /// </summary>
    public async Task<T> SendOnceAsync<T>(
        RegistryRequest request,
        Func<HttpStatusCode, bool> isWanted,
        Func<RegistryResponse, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using RegistryResponse response = await FreshAnswerAsync(request, cancellationToken).ConfigureAwait(false);
        bool isAnswer = response.Status == HttpStatusCode.OK
            || (response.Status == HttpStatusCode.PartialContent && request.Offset > 0);
        bool isWantedHere = isWanted(response.Status);
        ErrorBody said = isAnswer || (isWantedHere && response.Status != HttpStatusCode.NotFound)
            ? ErrorBody.Empty
            : await SaidAsync(response, request, cancellationToken).ConfigureAwait(false);

        // Some registries hide what a login may not see behind 404, and proxies say it of their own: no absence.
        if (!isAnswer && (!isWantedHere || !RedirectedAnswer.Counts(response, request, said)
            || RegistryFailure.IsUnprovenAbsence(response, said, request)))
        {
            throw Refusal(response, said, request);
        }

        return await read(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RegistryResponse> FreshAnswerAsync(
        RegistryRequest request, CancellationToken cancellationToken)
    {
        for (int again = 0; ; again++)
        {
            RegistryResponse response = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            if (again == FreshAddresses || !RedirectedAnswer.MayBeExpired(response, request))
            {
                return response;
            }

            response.Dispose();
        }
    }

    private MirrorException Refusal(RegistryResponse response, ErrorBody said, RegistryRequest request) =>
        RegistryFailure.OfAnswer(response, said, authorizer.Tell(request), request, wire.Time.GetUtcNow());

    private Task<ErrorBody> SaidAsync(
        RegistryResponse response, RegistryRequest request, CancellationToken cancellationToken) =>
        wire.ReadErrorAsync(response.Message, request, cancellationToken);

    /// <summary>
    /// One attempt: a better login is part of it. A token may expire again and again, so each time is worth another
    /// one; but a registry that always refuses must find an end.
    /// </summary>
    private async Task<RegistryResponse> AnswerAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        int refusals = 0;
        for (int logins = 1; ; logins++)
        {
            RequestLogin? login = await authorizer.FindAsync(request, cancellationToken).ConfigureAwait(false);
            RegistryResponse response = await FollowAsync(request, login?.Header, cancellationToken)
                .ConfigureAwait(false);
            bool isFresh = login is { IsFresh: true };
            LoginVerdict verdict = response.IsRegistry
                ? await LearnAsync(request, response, login, refusals, cancellationToken).ConfigureAwait(false)
                : LoginVerdict.Final;
            if (verdict == LoginVerdict.Final || logins == MaxLogins)
            {
                return response;
            }

            if (request.IsOneShot)
            {
                using (response)
                {
                    ErrorBody said = await SaidAsync(response, request, cancellationToken).ConfigureAwait(false);
                    throw RegistryFailure.WorthRepeating(Refusal(response, said, request));
                }
            }

            response.Dispose();
            if (verdict == LoginVerdict.Later)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << refusals), wire.Time, cancellationToken)
                    .ConfigureAwait(false);
            }

            refusals += isFresh ? 1 : 0;
        }
    }

    private async Task<LoginVerdict> LearnAsync(
        RegistryRequest request,
        RegistryResponse response,
        RequestLogin? login,
        int refusals,
        CancellationToken cancellationToken)
    {
        try
        {
            return await authorizer.LearnAsync(request, response, login, refusals, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<RegistryResponse> FollowAsync(
        RegistryRequest request, AuthenticationHeaderValue? login, CancellationToken cancellationToken)
    {
        Uri address = request.Address ?? LocationHeader.Exact($"{access.BaseAddress}{request.Path}");
        for (int hop = 0; ; hop++)
        {
            bool isRegistry = AllowedHosts.IsSameOrigin(address, access.BaseAddress);
            HttpResponseMessage response;
            bool isSpent;
            bool refusesExpect;
            using (HttpRequestMessage message = Message(request, address, isRegistry ? login : null))
            {
                response = await wire.SendAsync(message, request, cancellationToken).ConfigureAwait(false);
                isSpent = message.Content is UploadContent { WasRead: true };
                refusesExpect = response.StatusCode == HttpStatusCode.ExpectationFailed
                    && message.Headers.ExpectContinue == true;
            }

            bool isRedirect = Redirects.IsRedirect(response.StatusCode);
            _knowsNoExpect |= refusesExpect;
            _redirectsBodies |= isRedirect && isSpent;
            if (isSpent || !(refusesExpect || isRedirect))
            {
                return new RegistryResponse(response, address, isRegistry);
            }

            using (response)
            {
                address = refusesExpect ? address : Redirects.Follow(response, address, hop, access, request);
            }
        }
    }

    private HttpRequestMessage Message(
        RegistryRequest request, Uri address, AuthenticationHeaderValue? login)
    {
        bool isTls = address.Scheme == Uri.UriSchemeHttps;
        HttpRequestMessage message = new(request.Method, address)
        {
            // Measured: blobs go faster over several HTTP/1.1 connections than over streams of one HTTP/2.
            Version = request.IsBlob || request.IsOneShot || !isTls ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.UserAgent.Add(UserAgent);
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        foreach (string type in request.Accept)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        if (request.Offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(request.Offset, null);
        }

        if (request.Body is { } body)
        {
            message.Content = body();

            // Without this, a server that refuses by closing the connection is seen as a broken pipe, and a body is
            // sent to one that redirects it.
            message.Headers.ExpectContinue = !_knowsNoExpect
                && message.Content.Headers.ContentLength >= (_redirectsBodies && request.IsOneShot ? 1 : LargeBody);
        }

        message.Headers.Authorization = login;
        return message;
    }
}
