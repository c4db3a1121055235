using System.Collections.Concurrent;
using System.Net;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Login;

/// <summary>
/// Gets and keeps bearer tokens (docs/behaviour/wire.md#tokens): one for each service, login and scope, which names the
/// repository and a mount's source; shared by concurrent requests and renewed before it expires.
/// </summary>
internal sealed class TokenClient(RegistryAccess access, HttpWire wire)
{
    private readonly ConcurrentDictionary<(TokenService Service, RegistryLogin? Login, string Scope), TokenSlot>
        _slots = new();

    /// <summary>A token that has life left; asked for when there is none.</summary>
    /// <exception cref="MirrorException">The token service failed or refused.</exception>
    public async ValueTask<(TokenSlot Slot, AccessToken Token)> GetAsync(
        TokenService service,
        string scope,
        RegistryLogin? login,
        RegistryRequest request,
        CancellationToken cancellationToken)
    {
        TokenSlot slot = _slots.GetOrAdd((service, login, scope), static _ => new TokenSlot());
        if (slot.Token is { } current && wire.Time.GetUtcNow() < current.Renewal)
        {
            return (slot, current);
        }

        await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Token is not { } token || wire.Time.GetUtcNow() >= token.Renewal)
            {
                token = await FetchAsync(service, slot, scope, login, request, cancellationToken)
                    .ConfigureAwait(false);
                slot.Token = token;
            }

            return (slot, token);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>
    /// Asks for a token; with the first scope only where the service refuses several: what the others are for (the
    /// source of a mount, or what a registry names besides) may be possible without them.
    /// </summary>
    private async Task<AccessToken> FetchAsync(
        TokenService service,
        TokenSlot slot,
        string scope,
        RegistryLogin? login,
        RegistryRequest request,
        CancellationToken cancellationToken)
    {
        string first = TokenScope.First(request.Scope);
        if (slot.TakesFirstScopeOnly)
        {
            return await FetchAsync(service, first, login, request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await FetchAsync(service, scope, login, request, cancellationToken).ConfigureAwait(false);
        }
        catch (MirrorException failure) when (first != scope && !RegistryFailure.IsTemporary(failure))
        {
            AccessToken token = await FetchAsync(service, first, login, request, cancellationToken)
                .ConfigureAwait(false);
            slot.TakesFirstScopeOnly = true;
            return token;
        }
    }

    private async Task<AccessToken> FetchAsync(
        TokenService service,
        string scope,
        RegistryLogin? login,
        RegistryRequest request,
        CancellationToken cancellationToken)
    {
        RegistryAccess told = login?.Tell(access) ?? access;
        RegistryRequest asked = request with
        {
            Method = HttpMethod.Get,
            Asked = $"a token for {request.Asked}",
            IsToken = true,
        };
        if (login?.Identity is { IsPostRefused: false } identity && await ExchangeAsync(
            service, scope, identity, told, asked with { Method = HttpMethod.Post }, cancellationToken)
            .ConfigureAwait(false) is { } bought)
        {
            return bought;
        }

        Credential? credential = login?.Basic ?? (login?.Identity is { } secret
            ? new Credential(secret.Login, secret.Text)
            : null);
        using HttpRequestMessage message = service.Get(scope, credential);
        (RegistryResponse response, DateTimeOffset now) = await SendAsync(message, service, asked, cancellationToken)
            .ConfigureAwait(false);
        using (response)
        {
            return await ReadAsync(response, told, asked, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Buys a token; <see langword="null"/> when the service knows no such purchase.</summary>
    private async Task<AccessToken?> ExchangeAsync(
        TokenService service,
        string scope,
        IdentityToken identity,
        RegistryAccess told,
        RegistryRequest asked,
        CancellationToken cancellationToken)
    {
        await identity.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using HttpRequestMessage message = service.Post(scope, identity.Text);
            (RegistryResponse response, DateTimeOffset now) = await SendAsync(
                message, service, asked, cancellationToken).ConfigureAwait(false);
            using (response)
            {
                if (response.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
                {
                    identity.RefusePost();
                    return null;
                }

                AccessToken token = await ReadAsync(response, told, asked, now, cancellationToken)
                    .ConfigureAwait(false);
                if (token.NextIdentity is { } next)
                {
                    identity.Replace(next);
                }

                return token;
            }
        }
        finally
        {
            identity.Gate.Release();
        }
    }

    private async Task<(RegistryResponse Response, DateTimeOffset Now)> SendAsync(
        HttpRequestMessage message, TokenService service, RegistryRequest asked, CancellationToken cancellationToken)
    {
        DateTimeOffset now = wire.Time.GetUtcNow();
        return (
            new RegistryResponse(
                await wire.SendAsync(message, asked, cancellationToken).ConfigureAwait(false),
                service.Realm,
                isRegistry: true),
            now);
    }

    private async Task<AccessToken> ReadAsync(
        RegistryResponse response,
        RegistryAccess told,
        RegistryRequest asked,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        RegistryFaults faults = new(told, asked, response.Address.Authority);
        if (response.Status != HttpStatusCode.OK)
        {
            ErrorBody body = await wire.ReadErrorAsync(response.Message, asked, cancellationToken)
                .ConfigureAwait(false);

            // A refused identity token is a 400 (RFC 6749 section 5.2).
            throw asked.Method == HttpMethod.Post && response.Status == HttpStatusCode.BadRequest
                ? new MirrorException(faults.Unauthorized((int)response.Status, body.Said))
                : RegistryFailure.OfAnswer(response, body, told, asked, now);
        }

        ReadOnlyMemory<byte> content = await wire.ReadAsync(
            response.Message, asked, OciLimits.TokenBytes, cancellationToken).ConfigureAwait(false);
        AccessToken token = AccessToken.Parse(content, now) ?? throw new MirrorException(faults.TokenUnusable());
        wire.Secrets.AddToken(token.Text);
        wire.Secrets.Add(token.NextIdentity);
        return token;
    }
}
