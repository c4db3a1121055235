using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Mirror.TestKit.Registry;

/// <summary>
/// Gives Bearer tokens and knows what each allows. A token allows exactly what was asked for and granted.
/// </summary>
public sealed class TokenService
{
    private const string Path = "/token";
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(60);

    private readonly TokenOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);
    private readonly List<TokenRequest> _requests = [];
    private int _port;

    internal TokenService(TokenOptions options) => _options = options;

    /// <summary>The address that challenges name.</summary>
    public string Realm { get; private set; } = "";

    /// <summary>Every request for a token, in order.</summary>
    public IReadOnlyList<TokenRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How many tokens were given.</summary>
    public int Given => Requests.Count(request => request.IsGranted);

    internal string Service => _options.Service;

    /// <summary>From now on the registry refuses every token given so far.</summary>
    public void RevokeAll()
    {
        lock (_gate)
        {
            _tokens.Clear();
        }
    }

    internal void ListenAt(Uri address)
    {
        _port = address.Port;
        Realm = new UriBuilder(address) { Host = _options.RealmHost ?? address.Host, Path = Path }.Uri.AbsoluteUri;
    }

    internal bool Serves(HttpContext context) =>
        context.Request.Path == Path && context.Connection.LocalPort == _port;

    /// <summary>Whether a token is one of ours and alive, and allows all of that.</summary>
    internal (bool IsKnown, bool IsEnough) Check(string text, IEnumerable<(string Repository, string Action)> needs)
    {
        lock (_gate)
        {
            return _tokens.TryGetValue(text, out var token) && _options.Time.GetUtcNow() < token.End
                ? (true, needs.All(token.Grants.Contains))
                : (false, false);
        }
    }

    internal async Task AnswerAsync(Exchange exchange)
    {
        var isPost = HttpMethods.IsPost(exchange.Http.Method);
        if (isPost ? !_options.AllowPost : !HttpMethods.IsGet(exchange.Http.Method))
        {
            await exchange.RefuseUnsupportedAsync();
            return;
        }

        var form = isPost ? await exchange.Http.ReadFormAsync(exchange.Aborted) : null;
        string Value(string name) => (form is null ? exchange.Query(name) : form[name].ToString()) ?? "";
        string[] scopes = form is null
            ? [.. exchange.Http.Query["scope"].OfType<string>()]
            : Value("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var flow = form is not null ? Value("grant_type")
            : exchange.Http.Headers.Authorization.Count > 0 ? "basic"
            : "anonymous";
        var isUser = flow switch
        {
            "basic" => new BasicDoor(_options.Credential).Admits(exchange),
            "password" => _options.Credential == new TestCredential(Value("username"), Value("password")),
            "refresh_token" => _options.IdentityToken is { } known && known == Value("refresh_token"),
            _ => _options.Credential is null,
        };
        var isGranted = isUser && Value("service") == _options.Service;
        lock (_gate)
        {
            _requests.Add(new TokenRequest(exchange.Http.Method, flow, Value("service"), scopes, isGranted));
        }

        await (isGranted
            ? exchange.WriteJsonAsync(Answer(scopes))
            : exchange.RefuseAsync(401, "UNAUTHORIZED", "no token for this user and service"));
    }

    private Dictionary<string, object> Answer(IEnumerable<string> scopes)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var life = _options.ExpiresIn ?? DefaultLife;
        lock (_gate)
        {
            _tokens[text] = new Token(Granted(scopes), _options.Time.GetUtcNow() + life);
        }

        var answer = new Dictionary<string, object>
        {
            [_options.SaysAccessToken ? "access_token" : "token"] = text,
        };
        if (_options.ExpiresIn is { } said)
        {
            answer["expires_in"] = (long)said.TotalSeconds;
        }

        return answer;
    }

    private HashSet<(string Repository, string Action)> Granted(IEnumerable<string> scopes) =>
    [
        .. from scope in scopes
           let parts = scope.Split(':')
           where parts is ["repository", _, _]
           from action in parts[2].Split(',')
           where _options.Grants(parts[1], action)
           select (parts[1], action),
    ];

    private sealed record Token(HashSet<(string Repository, string Action)> Grants, DateTimeOffset End);
}
