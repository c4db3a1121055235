using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Which login a request to the registry carries. Nothing is sent before the registry asked for it, or answered without
/// asking where a credential was given.
/// </summary>
internal sealed class Authorizer(RegistryAccess access, TokenClient tokens)
{
    private readonly ConcurrentDictionary<string, string> _scopes = new(StringComparer.Ordinal);
    private volatile Challenge? _challenge;

    /// <summary>The login to send with a request; <see langword="null"/> for none.</summary>
    public async ValueTask<AuthenticationHeaderValue?> FindAsync(
        RegistryRequest request, CancellationToken cancellationToken)
    {
        Challenge? challenge = _challenge;
        return challenge is null ? null
            : challenge.IsBasic ? BasicLogin()
            : new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(
                challenge, ScopeOf(request), request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Learns from an answer of the registry.</summary>
    /// <returns>Whether the same request may go better now: with a login, or with a fresh one.</returns>
    public bool Learn(RegistryRequest request, RegistryResponse response, AuthenticationHeaderValue? sent)
    {
        if (response.Status == HttpStatusCode.Unauthorized)
        {
            return LearnChallenge(request, response, sent);
        }

        if (_challenge is not null || sent is not null || access.Credential is null)
        {
            return false;
        }

        // Some registries let anybody in, but show more to those who log in, and say 403 or 404 to the others.
        _challenge = Challenge.Basic;
        return response.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
    }

    internal static AuthenticationHeaderValue Basic(Credential credential) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Login}:{credential.Password}")));

    private bool LearnChallenge(
        RegistryRequest request, RegistryResponse response, AuthenticationHeaderValue? sent)
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

            if (sent is { Scheme: "Bearer", Parameter: { } token })
            {
                tokens.Forget(bearer, ScopeOf(request), token);
            }

            _challenge = bearer;
            return true;
        }

        if (access.Credential is null || sent?.Scheme == "Basic" || !challenges.Any(challenge => challenge.IsBasic))
        {
            return false;
        }

        _challenge = Challenge.Basic;
        return true;
    }

    private AuthenticationHeaderValue? BasicLogin() =>
        access.Credential is { } credential ? Basic(credential) : null;

    private string ScopeOf(RegistryRequest request) =>
        _scopes.GetValueOrDefault(request.Scope, request.Scope);
}
