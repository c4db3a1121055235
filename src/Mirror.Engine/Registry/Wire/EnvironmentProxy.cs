using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// The proxies that the environment of the run names (docs/behaviour/wire.md#proxies). The framework's own reader keeps
/// what it read first for the life of the process, and knows neither CIDR nor sub-domains in <c>NO_PROXY</c>.
/// </summary>
internal sealed class EnvironmentProxy(
    ProxyServer? http, ProxyServer? https, ProxyExceptions exceptions) : IWebProxy, ICredentials
{
    /// <summary>The logins of the proxies: those in their addresses.</summary>
    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <exception cref="MirrorException">A variable holds no usable address (D8M2017).</exception>
    public static EnvironmentProxy Create(RunEnvironment environment) => new(
        // A CGI program gets HTTP_PROXY from a header that any client can send.
        environment["REQUEST_METHOD"] is null ? ProxyServer.Read(environment, "HTTP_PROXY", "http_proxy") : null,
        ProxyServer.Read(environment, "HTTPS_PROXY", "https_proxy"),
        ProxyExceptions.Parse(environment.FirstOf("NO_PROXY", "no_proxy")));

    /// <summary>The proxy for an address, without its login, or <see langword="null"/>.</summary>
    public Uri? GetProxy(Uri destination) =>
        (destination.Scheme == Uri.UriSchemeHttps ? https : http) is { } proxy && !exceptions.Covers(destination)
            ? proxy.Address
            : null;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        SameServer(uri, https?.Address) ? https?.Login : SameServer(uri, http?.Address) ? http?.Login : null;

    /// <summary>Tells the redactor what no text may repeat.</summary>
    public void AddSecrets(Redactor secrets)
    {
        foreach (NetworkCredential? login in (ReadOnlySpan<NetworkCredential?>)[http?.Login, https?.Login])
        {
            // A login without a password is a token.
            secrets.Add(login?.Password.Length > 0 ? login.Password : login?.UserName);
        }
    }

    private static bool SameServer(Uri left, Uri? right) =>
        right is not null && left.Host == right.Host && left.Port == right.Port;
}
