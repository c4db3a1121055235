using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Gets and keeps bearer tokens (spec/bundle-and-push.md 4.3): one for each realm, service and scope, shared by
/// concurrent requests and renewed before it expires.
/// </summary>
internal sealed class TokenClient(RegistryAccess access, HttpWire wire)
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = OciLimits.JsonDepth };

    private readonly ConcurrentDictionary<(string Realm, string Service, string Scope), Slot> _slots = new();

    /// <summary>A token that has life left; asked for when there is none.</summary>
    /// <exception cref="MirrorException">The realm is refused, or the token service failed.</exception>
    public async ValueTask<string> GetAsync(
        Challenge challenge, string scope, RegistryRequest request, CancellationToken cancellationToken)
    {
        Slot slot = SlotOf(challenge, scope);
        if (slot.Token is { } current && wire.Time.GetUtcNow() < current.Renewal)
        {
            return current.Text;
        }

        await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Token is not { } token || wire.Time.GetUtcNow() >= token.Renewal)
            {
                token = await FetchAsync(challenge, scope, request, cancellationToken).ConfigureAwait(false);
                slot.Token = token;
            }

            return token.Text;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Drops a token that the registry refused; a newer one stays.</summary>
    public void Forget(Challenge challenge, string scope, string token)
    {
        Slot slot = SlotOf(challenge, scope);
        if (slot.Token is { } current && current.Text == token)
        {
            slot.Token = null;
        }
    }

    private Slot SlotOf(Challenge challenge, string scope) =>
        _slots.GetOrAdd((challenge.Realm, challenge.Service, scope), static _ => new Slot());

    private async Task<AccessToken> FetchAsync(
        Challenge challenge, string scope, RegistryRequest request, CancellationToken cancellationToken)
    {
        Uri realm = RealmGuard.Check(challenge.Realm, access, request);
        RegistryRequest asked = request with
        {
            Method = HttpMethod.Get,
            Asked = $"a token for {request.Asked}",
        };
        using HttpRequestMessage message = new(HttpMethod.Get, WithQuery(realm, challenge.Service, scope));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (access.Credential is { } credential)
        {
            message.Headers.Authorization = Authorizer.Basic(credential);
        }

        DateTimeOffset now = wire.Time.GetUtcNow();
        using RegistryResponse response = new(
            await wire.SendAsync(message, asked, cancellationToken).ConfigureAwait(false), realm, isRegistry: true);
        if (response.Status != HttpStatusCode.OK)
        {
            ErrorBody body = await wire.ReadErrorAsync(response.Message, asked, cancellationToken)
                .ConfigureAwait(false);
            throw RegistryFailure.OfAnswer(response, body, access, asked, now);
        }

        ReadOnlyMemory<byte> content = await wire.ReadAsync(
            response.Message, asked, OciLimits.TokenBytes, cancellationToken).ConfigureAwait(false);
        return Parse(content, now) ?? throw new MirrorException(
            new RegistryFaults(access, asked, realm.Authority).UnexpectedAnswer("no token", ""));
    }

    private static Uri WithQuery(Uri realm, string service, string scope)
    {
        List<string> parts = [];
        if (realm.Query.Length > 1)
        {
            parts.Add(realm.Query[1..]);
        }

        if (service.Length > 0)
        {
            parts.Add("service=" + Uri.EscapeDataString(service));
        }

        parts.AddRange(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => "scope=" + Uri.EscapeDataString(one)));
        return new UriBuilder(realm) { Query = string.Join('&', parts), Fragment = "" }.Uri;
    }

    private static AccessToken? Parse(ReadOnlyMemory<byte> content, DateTimeOffset now)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || (Text(root, "token") ?? Text(root, "access_token"))
                is not { } token)
            {
                return null;
            }

            TimeSpan life = root.TryGetProperty("expires_in", out JsonElement seconds)
                && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out double value)
                ? TimeSpan.FromSeconds(Math.Clamp(value, ShortestLife.TotalSeconds, LongestLife.TotalSeconds))
                : ShortestLife;
            TimeSpan use = life * 0.8;
            return new AccessToken(token, now + (use < life - Margin ? use : life - Margin));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A token that is no header value (a line break in it) is none.
    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? text
            : null;

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile AccessToken? Token;
    }
}
