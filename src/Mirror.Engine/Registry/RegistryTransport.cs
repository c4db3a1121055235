using System.Net.Security;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Registry;

/// <summary>
/// Builds the connection pool of one end. Redirects, logins, compression and cookies are off: the client has its own
/// rules for them, or no use.
/// </summary>
internal static class RegistryTransport
{
    /// <summary>Connections besides those of blobs: manifests must not queue behind layers.</summary>
    private const int SmallLane = 8;

    /// <summary>The most that the headers of one answer may take.</summary>
    public const int HeaderKilobytes = 64;

    /// <exception cref="MirrorException">A CA file is unreadable (D8M1014) or a proxy unusable (D8M2017).</exception>
    public static SocketsHttpHandler CreateHandler(RegistryAccess access, RunEnvironment environment)
    {
        EnvironmentProxy proxy = EnvironmentProxy.Of(environment);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            Proxy = proxy,
            UseProxy = true,
            DefaultProxyCredentials = null,
            PreAuthenticate = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = access.Transfer.MaxConnections + SmallLane,
            ConnectTimeout = access.Timeout ?? Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = HeaderKilobytes,
            SslOptions = access.Insecure
                ? new SslClientAuthenticationOptions()
                : CertificateTrust.Of(access, environment).ToSslOptions(),
        };
    }
}
