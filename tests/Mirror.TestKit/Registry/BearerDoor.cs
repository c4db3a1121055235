namespace Mirror.TestKit.Registry;

/// <summary>Bearer tokens (RFC 6750): lets in who brings one of the service that allows what is asked for.</summary>
internal sealed class BearerDoor(TokenService tokens) : IDoor
{
    private const string Scheme = "Bearer ";

    public bool Admits(Exchange exchange) => Check(exchange).IsEnough;

    public Task RefuseAsync(Exchange exchange)
    {
        var scopes = Needs(exchange).GroupBy(need => need.Repository, need => need.Action)
            .Select(group => $"repository:{group.Key}:{string.Join(',', group)}");
        var scope = string.Join(' ', scopes);
        var error = exchange.Http.Headers.Authorization.Count == 0 ? ""
            : Check(exchange).IsKnown ? ",error=\"insufficient_scope\""
            : ",error=\"invalid_token\"";
        exchange.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{tokens.Realm}\",service=\"{tokens.Service}\""
            + (scope.Length > 0 ? $",scope=\"{scope}\"" : "") + error;
        return exchange.RefuseAsync(401, "UNAUTHORIZED", "a token is required");
    }

    private (bool IsKnown, bool IsEnough) Check(Exchange exchange)
    {
        var header = exchange.Http.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tokens.Check(header[Scheme.Length..], Needs(exchange))
            : (false, false);
    }

    private static IEnumerable<(string Repository, string Action)> Needs(Exchange exchange)
    {
        var route = exchange.Route;
        if (route.Repository.Length == 0)
        {
            yield break;
        }

        if (exchange.Http.Method == "DELETE" && route.Kind != RouteKind.Upload)
        {
            yield return (route.Repository, "delete");
            yield break;
        }

        yield return (route.Repository, "pull");
        if (exchange.Http.Method is not ("GET" or "HEAD"))
        {
            yield return (route.Repository, "push");
        }

        if (exchange.Query("mount") is not null && exchange.Query("from") is { } source)
        {
            yield return (source, "pull");
        }
    }
}
