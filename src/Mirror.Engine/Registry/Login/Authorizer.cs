using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Login;

/// <summary>
/// Which login a request to the registry carries. Nothing is sent before the registry asked for it, or answered without
/// asking where a credential was given; and only then other tools' credentials are looked for.
/// </summary>
internal sealed class Authorizer(RegistryAccess access, TokenClient tokens, CredentialStores stores)
{
    /// <summary>How often a token that is new and was refused is sent once more, after a pause.</summary>
    private const int PausesForNewToken = 2;

    private readonly ConcurrentDictionary<string, string> _scopes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _basicScopes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RegistryLogin?> _logins = new(StringComparer.Ordinal);
    private readonly RegistryLogin? _stated = access.Credential is { } credential
        ? new RegistryLogin(access.CredentialOrigin) { Basic = credential }
        : null;

    private volatile Challenge? _challenge;

    /// <summary>The login to send with a request; <see langword="null"/> for none.</summary>
    public async ValueTask<RequestLogin?> FindAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        if (_challenge is not { } challenge)
        {
            return null;
        }

        if (challenge.IsBasic || _basicScopes.ContainsKey(request.Scope))
        {
            RegistryLogin? known = await LoginAsync(request, cancellationToken).ConfigureAwait(false);
            return known?.Basic is { } credential ? new RequestLogin(Basic(credential)) : null;
        }

        // Before any credential is looked for: a registry could name any host as its token service.
        Uri realm = RealmGuard.Check(challenge.Realm, access, request);
        RegistryLogin? login = await LoginAsync(request, cancellationToken).ConfigureAwait(false);
        if (login?.RegistryToken is { } registryToken)
        {
            return new RequestLogin(Bearer(registryToken));
        }

        (TokenSlot slot, AccessToken token) = await tokens.GetAsync(
            new TokenService(realm, challenge.Service), ScopeOf(request), login, request, cancellationToken)
            .ConfigureAwait(false);
        return new RequestLogin(Bearer(token.Text), slot, token);
    }

    /// <summary>
    /// Learns from an answer of the registry. <paramref name="refusals"/> counts the new tokens that this request saw
    /// refused before.
    /// </summary>
    /// <returns>Whether the same request may go better with another login.</returns>
    public async ValueTask<LoginVerdict> LearnAsync(
        RegistryRequest request,
        RegistryResponse response,
        RequestLogin? sent,
        int refusals,
        CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.Unauthorized)
        {
            return await LearnRefusalAsync(request, response, sent, refusals, cancellationToken).ConfigureAwait(false);
        }

        sent?.Accept();
        if (_challenge is not null || sent is not null || _stated is null)
        {
            return LoginVerdict.Final;
        }

        // Some registries let anybody in, but show more to those who log in, and say 403 or 404 to the others.
        _challenge = Challenge.Basic;
        return response.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? LoginVerdict.Again
            : LoginVerdict.Final;
    }

    /// <summary>The end as messages about a request are to tell of it: with the login that was used.</summary>
    public RegistryAccess Tell(RegistryRequest request) =>
        _logins.GetValueOrDefault(request.Repository)?.Tell(access) ?? access;

    internal static AuthenticationHeaderValue Basic(Credential credential) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Login}:{credential.Password}")));

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private async ValueTask<LoginVerdict> LearnRefusalAsync(
        RegistryRequest request,
        RegistryResponse response,
        RequestLogin? sent,
        int refusals,
        CancellationToken cancellationToken)
    {
        ImmutableArray<Challenge> challenges = response.Message.Headers.NonValidated
            .TryGetValues("WWW-Authenticate", out HeaderStringValues values)
            ? ChallengeParser.Parse(values)
            : [];
        string scope = ScopeOf(request);
        Challenge? bearer = challenges.FirstOrDefault(challenge => challenge is { IsBearer: true, Realm.Length: > 0 });
        if (bearer is not null)
        {
            Learn(bearer, request);
        }

        if (sent is { IsRenewable: true } && (ScopeOf(request) != scope || !sent.IsFresh))
        {
            // It has expired, which a registry may say without a challenge; or it was asked for with too little.
            sent.Drop();
            return LoginVerdict.Again;
        }

        if (bearer is not null && sent is not { IsBearer: true })
        {
            return LoginVerdict.Again;
        }

        bool wantsBasic = bearer is null && challenges.Any(challenge => challenge.IsBasic);
        if (wantsBasic && sent is null or { IsBearer: true }
            && await LoginAsync(request, cancellationToken).ConfigureAwait(false) is { Basic: not null })
        {
            LearnBasic(request);
            return LoginVerdict.Again;
        }

        return sent is { IsRenewable: true } ? JudgeNew(sent, request, refusals, bearer) : LoginVerdict.Final;
    }

    private void Learn(Challenge bearer, RegistryRequest request)
    {
        if (bearer.Scope.Length > 0)
        {
            _scopes[request.Scope] = TokenScope.Join(request.Scope, bearer.Scope);
        }

        _challenge = bearer;
        _basicScopes.TryRemove(request.Scope, out _);
    }

    // A registry may take tokens for most, and only a login for some.
    private void LearnBasic(RegistryRequest request)
    {
        if (_challenge is { IsBearer: true })
        {
            _basicScopes[request.Scope] = true;
        }
        else
        {
            _challenge = Challenge.Basic;
        }
    }

    /// <summary>
    /// What to do about a token that was refused although it is new: the clocks of registry and token service may
    /// differ, or the one may not know yet what the other did.
    /// </summary>
    private static LoginVerdict JudgeNew(RequestLogin sent, RegistryRequest request, int refusals, Challenge? bearer)
    {
        // The registry has read it, and says that it allows too little; and a mount only saves work.
        bool isNoUseToWait = bearer?.Error == "insufficient_scope" || request.MountSource is not null;
        if (!isNoUseToWait && !sent.IsGivenUp && refusals < PausesForNewToken)
        {
            return LoginVerdict.Later;
        }

        sent.Drop(isForGood: true);
        return LoginVerdict.Final;
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

/// <summary>What an answer of the registry means for the same request with another login.</summary>
internal enum LoginVerdict
{
    /// <summary>No other login helps: the answer is final.</summary>
    Final,

    /// <summary>It may go better at once: with a login, or with another one.</summary>
    Again,

    /// <summary>The same login may be taken in a moment: a token that was issued just now was refused.</summary>
    Later,
}
