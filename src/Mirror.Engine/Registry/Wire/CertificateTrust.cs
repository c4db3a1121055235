using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Which CA certificates are trusted: the system's or those of <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c>, and
/// besides them those of <c>CaFile</c>. The files are read here, since the runtime reads them on Linux only.
/// </summary>
internal sealed class CertificateTrust(
    X509Certificate2Collection? instead, X509Certificate2Collection? besides, bool acceptsAny)
{
    /// <exception cref="MirrorException">A file cannot be read or holds no certificate (D8M1014).</exception>
    public static CertificateTrust Load(RegistryAccess access, RunEnvironment environment) => access.TlsSkipVerify
        ? new CertificateTrust(null, null, acceptsAny: true)
        : new CertificateTrust(
            ReadSystem(environment),
            access.CaFile is { } file ? ReadFile(file, $"The CA file of the {access.End}") : null,
            acceptsAny: false);

    [SuppressMessage("Security", "CA5359", Justification = "Accepts any certificate only if TlsSkipVerify is set.")]
    public SslClientAuthenticationOptions ToSslOptions()
    {
        SslClientAuthenticationOptions options = new() { RemoteCertificateValidationCallback = Validate };
        if (instead is not null)
        {
            options.CertificateChainPolicy = Policy(instead);
        }

        return options;
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (acceptsAny || errors == SslPolicyErrors.None)
        {
            return true;
        }

        using X509Chain? second =
            errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && certificate is X509Certificate2 leaf
                ? BuildBesides(leaf, chain)
                : null;
        if (second is { ChainStatus.Length: 0 })
        {
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        }

        // Thrown, not returned: the reason reaches the user this way.
        return errors == SslPolicyErrors.None ? true : throw new TlsException(
            TlsProblem.ServerCertificate,
            CertificateFlaws.Describe(
                errors,
                certificate as X509Certificate2,
                second is not null && CertificateFlaws.HasKnownRoot(second) ? second : chain,
                (sender as SslStream)?.TargetHostName ?? ""));
    }

    private X509Chain? BuildBesides(X509Certificate2 leaf, X509Chain? chain)
    {
        if (besides is null)
        {
            return null;
        }

        X509Chain second = new() { ChainPolicy = Policy(besides) };
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            second.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        second.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
        second.Build(leaf);
        return second;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        return policy;
    }

    private static X509Certificate2Collection? ReadSystem(RunEnvironment environment)
    {
        string? file = environment["SSL_CERT_FILE"];
        string? folders = environment["SSL_CERT_DIR"];
        if (file is null && folders is null)
        {
            return null;
        }

        X509Certificate2Collection roots = file is null ? [] : ReadFile(file, "The file in SSL_CERT_FILE");
        foreach (string folder in (folders ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            ReadFolder(folder, roots);
        }

        return roots;
    }

    private static X509Certificate2Collection ReadFile(string file, string what)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            Import(file, certificates);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new MirrorException(Unreadable($"{what} cannot be read: {exception.Message}"), exception);
        }

        return certificates.Count > 0
            ? certificates
            : throw new MirrorException(Unreadable($"{what} holds no certificate in PEM form: {file}."));
    }

    private static void Import(string file, X509Certificate2Collection certificates) =>
        certificates.ImportFromPem(Encoding.UTF8.GetString(SmallFile.Read(file, OciLimits.CertificateFileBytes)));

    // Such folders hold other files too, so what is no certificate is passed over, as OpenSSL and Go do.
    private static void ReadFolder(string folder, X509Certificate2Collection roots)
    {
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                X509Certificate2Collection certificates = [];
                try
                {
                    Import(file, certificates);
                }
                catch (Exception exception) when (IsUnreadable(exception))
                {
                    continue;
                }

                roots.AddRange(certificates);
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new MirrorException(
                Unreadable($"A folder in SSL_CERT_DIR cannot be read: {exception.Message}"), exception);
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException;

    private static Fault Unreadable(string message) => new(
        FaultCode.CertificateFileUnreadable,
        message,
        $"Name a readable file of certificates in PEM form ({SettingName.CaFile}, SSL_CERT_FILE or SSL_CERT_DIR).");
}
