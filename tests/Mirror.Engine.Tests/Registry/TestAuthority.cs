using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mirror.TestKit.Content;
using Mirror.TestKit.Registry;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A CA and a certificate of a server on loopback, made for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-1);
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private static int _count;

    private readonly X509Certificate2 _intermediate;

    public TestAuthority(string serverName = "127.0.0.1", TimeSpan? serverLife = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Authority($"CN=Test CA {Interlocked.Increment(ref _count)}", key);
        Root = request.CreateSelfSigned(Start, Start.AddDays(30));
        using ECDsa second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 signed =
            Authority("CN=Test CA for clients", second).Create(Root, Start, Start.AddDays(29), [4, 3, 2]);
        _intermediate = signed.CopyWithPrivateKey(second);
        Server = Issue(Root, "CN=server", ServerPurpose, serverName, serverLife ?? TimeSpan.FromDays(29));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Server { get; }

    public string RootPem => Root.ExportCertificatePem();

    /// <summary>The authority between <see cref="Root"/> and clients.</summary>
    public string IntermediatePem => _intermediate.ExportCertificatePem();

    /// <summary>A certificate of a client, with its key; valid since yesterday.</summary>
    public X509Certificate2 IssueClient(TimeSpan? life = null) =>
        Issue(_intermediate, "CN=client", ClientPurpose, null, life ?? TimeSpan.FromDays(28));

    /// <summary>Starts a registry with this authority's certificate that asks its clients for one as well.</summary>
    public Task<TestRegistry> StartRegistryAsync(
        ContentSet content, SslProtocols protocol = SslProtocols.None, bool isRequired = true) =>
        TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = content,
                Certificate = Server,
                ClientCertificates = new ClientCertificateOptions(Root)
                {
                    IsRequired = isRequired,
                    Protocols = protocol,
                },
            },
            TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Root.Dispose();
        Server.Dispose();
        _intermediate.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request;
    }

    private static X509Certificate2 Issue(
        X509Certificate2 issuer, string subject, string purpose, string? host, TimeSpan life)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else if (host is not null)
        {
            names.AddDnsName(host);
        }

        if (host is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using X509Certificate2 signed = request.Create(issuer, Start, Start + life, [1, 2, 3, 4]);
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(
            whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
