using System.Net;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// The proxies that the environment of the run names (spec/bundle-and-push.md 3.17). The framework's own reader keeps
/// what it read first for the life of the process, and knows neither CIDR nor sub-domains in <c>NO_PROXY</c>.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy, ICredentials
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly ProxyExceptions _exceptions;

    private EnvironmentProxy(Uri? http, Uri? https, ProxyExceptions exceptions)
    {
        _http = http;
        _https = https;
        _exceptions = exceptions;
    }

    /// <summary>The logins of the proxies: those in their addresses.</summary>
    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <exception cref="MirrorException">A variable holds no usable address (D8M2017).</exception>
    public static EnvironmentProxy Of(RunEnvironment environment) => new(
        // A CGI program gets HTTP_PROXY from a header that any client can send.
        environment["REQUEST_METHOD"] is null ? Read(environment, "HTTP_PROXY", "http_proxy") : null,
        Read(environment, "HTTPS_PROXY", "https_proxy"),
        ProxyExceptions.Parse(environment.FirstOf("NO_PROXY", "no_proxy")));

    /// <summary>The proxy for an address, or <see langword="null"/>.</summary>
    public Uri? GetProxy(Uri destination) =>
        (destination.Scheme == Uri.UriSchemeHttps ? _https : _http) is { } proxy && !_exceptions.Covers(destination)
            ? proxy
            : null;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        Uri? proxy = SameServer(uri, _https) ? _https : SameServer(uri, _http) ? _http : null;
        if (proxy is null || proxy.UserInfo.Length == 0)
        {
            return null;
        }

        string[] parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(
            Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static bool SameServer(Uri left, Uri? right) =>
        right is not null && left.Host == right.Host && left.Port == right.Port;

    private static Uri? Read(RunEnvironment environment, string name, string lowerName)
    {
        if (environment.FirstOf(name, lowerName) is not { } text)
        {
            return null;
        }

        string full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(full, UriKind.Absolute, out Uri? address) && address.Host.Length > 0
            && address.Scheme is "http" or "https" or "socks5" or "socks4" or "socks4a"
            ? address
            // The value may hold a password, so it is not shown.
            : throw new MirrorException(new Fault(
                FaultCode.ProxyFailed,
                $"The variable {name} does not hold the address of a proxy.",
                "Write it as http://host:port, or unset it."));
    }
}
