using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Mirror.TestKit.Registry;

/// <summary>How a registry asks its clients for a certificate.</summary>
/// <param name="authority">The authority whose certificates are accepted.</param>
public sealed class ClientCertificateOptions(X509Certificate2 authority)
{
    private readonly ConcurrentQueue<string> _shown = new();

    /// <summary>Whether a client without a certificate is refused; else it is only asked.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>The versions of TLS that are spoken; the system's by default.</summary>
    public SslProtocols Protocols { get; init; }

    /// <summary>The subjects of the certificates that were shown, accepted or not.</summary>
    public IReadOnlyCollection<string> Shown => _shown;

    internal HttpsConnectionAdapterOptions Https(X509Certificate2 certificate) => new()
    {
        ServerCertificate = certificate,
        SslProtocols = Protocols,
        ClientCertificateMode = IsRequired
            ? ClientCertificateMode.RequireCertificate
            : ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (shown, sent, _) => IsAccepted(shown, sent),
    };

    private bool IsAccepted(X509Certificate2 shown, X509Chain? sent)
    {
        _shown.Enqueue(shown.Subject);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(shown);
    }
}
