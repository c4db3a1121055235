using System.Net.Http.Headers;

namespace Mirror.Engine.Registry.Login;

/// <summary>A token service as a registry named it, and how it is asked (docs/behaviour/wire.md#tokens).</summary>
internal sealed record TokenService(Uri Realm, string Service)
{
    private const string ClientId = "deckhouse-mirror";

    public HttpRequestMessage Get(string scope, Credential? credential)
    {
        HttpRequestMessage message = Accepting(new HttpRequestMessage(HttpMethod.Get, WithQuery(scope)));
        message.Headers.Authorization = credential is null ? null : Authorizer.Basic(credential);
        return message;
    }

    public HttpRequestMessage Post(string scope, string identityToken)
    {
        List<KeyValuePair<string, string>> form = [KeyValuePair.Create("grant_type", "refresh_token")];
        if (Service.Length > 0)
        {
            form.Add(KeyValuePair.Create("service", Service));
        }

        form.Add(KeyValuePair.Create("scope", scope));
        form.Add(KeyValuePair.Create("client_id", ClientId));
        form.Add(KeyValuePair.Create("refresh_token", identityToken));
        return Accepting(new HttpRequestMessage(HttpMethod.Post, Realm) { Content = new FormUrlEncodedContent(form) });
    }

    private static HttpRequestMessage Accepting(HttpRequestMessage message)
    {
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }

    private Uri WithQuery(string scope)
    {
        List<string> parts = [];
        if (Realm.Query.Length > 1)
        {
            parts.Add(Realm.Query[1..]);
        }

        if (Service.Length > 0)
        {
            parts.Add("service=" + Uri.EscapeDataString(Service));
        }

        parts.AddRange(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => "scope=" + Uri.EscapeDataString(one)));
        return new UriBuilder(Realm) { Query = string.Join('&', parts), Fragment = "" }.Uri;
    }
}
