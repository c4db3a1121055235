using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// The connections of one end. Those to the registry's own origin show the client certificate, if there is one; those
/// to token services and storage never do. Says of a failed connection whether a client certificate is what it wants.
/// </summary>
internal sealed class RegistryHandler : HttpMessageHandler
{
    /// <summary>A single break may be the network's.</summary>
    private const int TellingBreaks = 2;

    private readonly RegistryAccess _access;
    private readonly HttpMessageInvoker _own;
    private readonly HttpMessageInvoker _others;
    private readonly ConcurrentDictionary<string, bool> _asking = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _answering = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _breaks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Creates the pools of connections, one that shows the client certificate and one that does not and tells the host
    /// that asks for one.
    /// </summary>
    public RegistryHandler(RegistryAccess access, Func<bool, Action<string>, SocketsHttpHandler> create)
    {
        _access = access;
        SocketsHttpHandler others = create(false, host => _asking[host] = true);
        Proxy = others.Proxy;
        _others = new HttpMessageInvoker(others);
        _own = access.ClientCertificate is null
            ? _others
            : new HttpMessageInvoker(create(true, static _ => { }));
    }

    public IWebProxy? Proxy { get; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri address = request.RequestUri!;
        bool isOwn = AllowedHosts.IsSameOrigin(address, _access.BaseAddress);
        try
        {
            HttpResponseMessage response = await (isOwn ? _own : _others).SendAsync(request, cancellationToken)
                .ConfigureAwait(false);
            _answering[address.Authority] = true;
            return response;
        }
        catch (HttpRequestException exception)
            when (address.Scheme == Uri.UriSchemeHttps && Diagnose(exception, address, isOwn) is { } problem)
        {
            throw new HttpRequestException(
                HttpRequestError.SecureConnectionError,
                exception.Message,
                new TlsException(problem, exception.GetBaseException().Message, exception));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _own.Dispose();
            _others.Dispose();
        }

        base.Dispose(disposing);
    }

    private TlsProblem? Diagnose(HttpRequestException exception, Uri address, bool isOwn)
    {
        string reason = exception.GetBaseException().Message;
        if (isOwn && _access.ClientCertificate is not null)
        {
            return IsAboutCertificate(reason) || IsBroken(exception, address)
                ? TlsProblem.ClientCertificateRefused
                : null;
        }

        // Asked: version and cipher were agreed on before, so a handshake that fails now fails for want of it.
        return _asking.ContainsKey(address.Host)
            && (IsHandshake(exception) || IsAlert(reason) || IsBroken(exception, address))
                ? TlsProblem.ClientCertificateRequired
                : null;
    }

    private static bool IsHandshake(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.SecureConnectionError
        && exception.InnerException is AuthenticationException and not TlsException;

    /// <summary>
    /// With TLS 1.3 a client is done before the server has looked at its certificate: the refusal is a connection that
    /// breaks, often before its reason arrives.
    /// </summary>
    private bool IsBroken(HttpRequestException exception, Uri address) =>
        !_answering.ContainsKey(address.Authority)
        && exception.HttpRequestError is HttpRequestError.Unknown or HttpRequestError.ResponseEnded
            or HttpRequestError.InvalidResponse or HttpRequestError.SecureConnectionError
            or HttpRequestError.HttpProtocolError
        && exception.GetBaseException() is not AuthenticationException
            and not HttpIOException { HttpRequestError: not HttpRequestError.ResponseEnded }
        && _breaks.AddOrUpdate(address.Authority, 1, static (_, count) => count + 1) >= TellingBreaks;

    private static bool IsAlert(string reason) => reason.Contains("alert", StringComparison.Ordinal);

    // The names that OpenSSL gives to the alerts that speak of a certificate (RFC 8446 section 6.2).
    private static bool IsAboutCertificate(string reason) =>
        IsAlert(reason)
        && (reason.Contains("certificate", StringComparison.Ordinal)
            || reason.Contains("unknown ca", StringComparison.Ordinal)
            || reason.Contains("access denied", StringComparison.Ordinal)
            || reason.Contains("decrypt error", StringComparison.Ordinal));
}
