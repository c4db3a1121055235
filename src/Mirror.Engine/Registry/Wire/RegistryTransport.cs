using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

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

    /// <exception cref="MirrorException">
    /// A CA file is unreadable (D8M1014), a client certificate unusable (D8M1023 to D8M1026), or a proxy (D8M2017).
    /// </exception>
    public static HttpMessageHandler CreateHandler(
        RegistryAccess access, RunEnvironment environment, TimeProvider? time = null)
    {
        EnvironmentProxy proxy = EnvironmentProxy.Create(environment);
        CertificateTrust? trust = access.Insecure ? null : CertificateTrust.Load(access, environment);
        SslStreamCertificateContext? certificate = null;
        if (access is { Insecure: false, ClientCertificate: { } files })
        {
            CheckProxy(access, proxy);
            certificate = new ClientCertificate(files, access.End).Load((time ?? TimeProvider.System).GetUtcNow());
        }

        return new RegistryHandler(access, (isOwn, asks) =>
        {
            SslClientAuthenticationOptions tls = trust?.ToSslOptions() ?? new();
            if (isOwn && certificate is not null)
            {
                tls.ClientCertificateContext = certificate;
            }
            else
            {
                tls.LocalCertificateSelectionCallback = (_, host, _, remote, _) => Select(host, remote, asks);
            }

            return Create(access, proxy, tls);
        });
    }

    /// <summary>
    /// What makes <see cref="CreateHandler"/> fail because of the files of certificates, all at once. A CA file that
    /// the settings name is read also where nothing is verified with it: whoever names it wants it.
    /// </summary>
    public static ImmutableArray<Fault> FindCertificateFaults(
        RegistryAccess access, RunEnvironment environment, TimeProvider time)
    {
        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        RunEnvironment variables = access.Insecure || access.TlsSkipVerify ? new RunEnvironment([]) : environment;
        Try(() => CertificateTrust.Load(access with { TlsSkipVerify = false }, variables), [access.CaFile]);
        if (access is { Insecure: false, ClientCertificate: { } files })
        {
            Try(
                () => new ClientCertificate(files, access.End).Load(time.GetUtcNow()), [files.File, files.KeyFile]);
        }

        return faults.ToImmutable();

        // What is not a full path is reported as that.
        void Try(Action read, IEnumerable<string?> files)
        {
            if (files.OfType<string>().Any(file => !Path.IsPathFullyQualified(file) || file.Contains('\0')))
            {
                return;
            }

            try
            {
                read();
            }
            catch (MirrorException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }
    }

    // Called at first, and again with the server's certificate once the server has asked.
    private static X509Certificate Select(string host, X509Certificate? remote, Action<string> asks)
    {
        if (remote is not null)
        {
            asks(host);
        }

        return null!;
    }

    // To such a proxy the framework would show the certificate as well, if it asked.
    private static void CheckProxy(RegistryAccess access, EnvironmentProxy proxy)
    {
        if (proxy.GetProxy(access.BaseAddress) is { Scheme: "https" })
        {
            throw new MirrorException(new Fault(
                FaultCode.ClientCertificateThroughProxy,
                $"The {access.End} {access.Host} has a client certificate, but is reached through a proxy by HTTPS, "
                    + "which could ask for that certificate as well.",
                "Name the registry's host in NO_PROXY, or a proxy that is reached by plain HTTP in HTTPS_PROXY: what "
                    + "goes through it is encrypted all the same."));
        }
    }

    private static SocketsHttpHandler Create(
        RegistryAccess access, EnvironmentProxy proxy, SslClientAuthenticationOptions tls) => new()
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
            SslOptions = tls,
        };
}
