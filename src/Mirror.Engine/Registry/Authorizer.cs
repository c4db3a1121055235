using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Which login a request to the registry carries. Nothing is sent before the registry asked for it, or answered without
/// asking where a credential was given; and only then other tools' credentials are looked for.
/// </summary>
internal sealed class Authorizer(RegistryAccess access, TokenClient tokens, CredentialStores stores)
{
    private readonly ConcurrentDictionary<string, string> _scopes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RegistryLogin?> _logins = new(StringComparer.Ordinal);
    private readonly RegistryLogin? _stated = access.Credential is { } credential
        ? new RegistryLogin(access.CredentialOrigin) { Basic = credential }
        : null;

    private volatile Challenge? _challenge;

    /// <summary>The login to send with a request; <see langword="null"/> for none.</summary>
    public async ValueTask<AuthenticationHeaderValue?> FindAsync(
        RegistryRequest request, CancellationToken cancellationToken)
    {
        if (_challenge is not { } challenge)
        {
            return null;
        }

        if (challenge.IsBasic)
        {
            RegistryLogin? known = await LoginAsync(request, cancellationToken).ConfigureAwait(false);
            return known?.Basic is { } credential ? Basic(credential) : null;
        }

        // Before any credential is looked for: a registry could name any host as its token service.
        Uri realm = RealmGuard.Check(challenge.Realm, access, request);
        RegistryLogin? login = await LoginAsync(request, cancellationToken).ConfigureAwait(false);
        return new AuthenticationHeaderValue("Bearer", login?.RegistryToken ?? await tokens.GetAsync(
            new TokenService(realm, challenge.Service), ScopeOf(request), login, request, cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>Learns from an answer of the registry.</summary>
    /// <returns>Whether the same request may go better now: with a login, or with a fresh one.</returns>
    public async ValueTask<bool> LearnAsync(
        RegistryRequest request,
        RegistryResponse response,
        AuthenticationHeaderValue? sent,
        CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.Unauthorized)
        {
            return await LearnChallengeAsync(request, response, sent, cancellationToken).ConfigureAwait(false);
        }

        if (_challenge is not null || sent is not null || _stated is null)
        {
            return false;
        }

        // Some registries let anybody in, but show more to those who log in, and say 403 or 404 to the others.
        _challenge = Challenge.Basic;
        return response.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
    }

    /// <summary>The end as messages about a request are to tell of it: with the login that was used.</summary>
    public RegistryAccess Tell(RegistryRequest request) =>
        _logins.GetValueOrDefault(request.Repository)?.Tell(access) ?? access;

    internal static AuthenticationHeaderValue Basic(Credential credential) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Login}:{credential.Password}")));

    private async ValueTask<bool> LearnChallengeAsync(
        RegistryRequest request,
        RegistryResponse response,
        AuthenticationHeaderValue? sent,
        CancellationToken cancellationToken)
    {
        ImmutableArray<Challenge> challenges = response.Message.Headers.NonValidated
            .TryGetValues("WWW-Authenticate", out HeaderStringValues values)
            ? ChallengeParser.Parse(values)
            : [];
        if (challenges.FirstOrDefault(challenge => challenge is { IsBearer: true, Realm.Length: > 0 }) is { } bearer)
        {
            if (bearer.Scope.Length > 0)
            {
                _scopes[request.Scope] = bearer.Scope;
            }

            _challenge = bearer;
            return sent is not { Scheme: "Bearer", Parameter: { } token } || Renews(token, request);
        }

        if (sent?.Scheme == "Basic" || !challenges.Any(challenge => challenge.IsBasic)
            || await LoginAsync(request, cancellationToken).ConfigureAwait(false) is not { Basic: not null })
        {
            return false;
        }

        _challenge = Challenge.Basic;
        return true;
    }

    /// <summary>Whether another token can be had than the one that the registry refused.</summary>
    private bool Renews(string token, RegistryRequest request)
    {
        if (_logins.GetValueOrDefault(request.Repository)?.RegistryToken == token)
        {
            return false;
        }

        tokens.Forget(token);
        return true;
    }

    private async ValueTask<RegistryLogin?> LoginAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        if (_stated is not null)
        {
            return _stated;
        }

        if (!_logins.TryGetValue(request.Repository, out RegistryLogin? login))
        {
            login = await stores.FindAsync(access, request.Repository, cancellationToken).ConfigureAwait(false);
            _logins[request.Repository] = login;
        }

        return login;
    }

    private string ScopeOf(RegistryRequest request) =>
        _scopes.GetValueOrDefault(request.Scope, request.Scope);
}
