using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Wire;

/// <summary>
/// Reads the certificate by which a client shows itself to a registry, with its key. Everything that can be wrong with
/// it is found here, before anything is asked.
/// </summary>
internal sealed class ClientCertificate(ClientCertificateFiles files, string end)
{
    /// <exception cref="MirrorException">
    /// The file cannot be used (D8M1023), its key neither (D8M1024), or it is not valid now (D8M1025).
    /// </exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context owns the certificate.")]
    public SslStreamCertificateContext Load(DateTimeOffset now)
    {
        byte[] content = Read(files.File, FaultCode.ClientCertificateUnusable, "client certificate", files.Setting);
        X509Certificate2Collection chain = [];
        X509Certificate2 certificate = Text(content) is { } text ? OfPem(text, chain) : OfPkcs12(content, chain);
        DateTime day = now.UtcDateTime;
        if (day < certificate.NotBefore.ToUniversalTime() || day > certificate.NotAfter.ToUniversalTime())
        {
            throw Failure(
                FaultCode.ClientCertificateNotValid,
                day > certificate.NotAfter.ToUniversalTime()
                    ? $"The client certificate '{files.File}' of the {end} expired on "
                        + $"{CertificateFlaws.Date(certificate.NotAfter)}."
                    : $"The client certificate '{files.File}' of the {end} is not valid before "
                        + $"{CertificateFlaws.Date(certificate.NotBefore)}.",
                "Get a new certificate from the registry's administrator, or check this machine's clock.");
        }

        // Offline: the issuers are those of the file; nothing is downloaded because a certificate says so.
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private X509Certificate2 OfPem(string text, X509Certificate2Collection chain)
    {
        try
        {
            chain.ImportFromPem(text);
        }
        catch (CryptographicException exception)
        {
            throw Unusable($"is not valid PEM ({exception.Message.TrimEnd('.')})");
        }

        if (chain.Count == 0)
        {
            throw Unusable("holds no certificate");
        }

        (string key, string place) = Key(text);
        bool isEncrypted = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && files.Password is null)
        {
            throw KeyUnusable($"{place} is encrypted, but the variable {files.PasswordVariable} is not set");
        }

        if (key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw KeyUnusable($"{place} is encrypted in OpenSSL's old form; convert it with openssl pkcs8 -topk8");
        }

        string certificate = chain[0].ExportCertificatePem();
        chain.RemoveAt(0);
        try
        {
            return isEncrypted
                ? X509Certificate2.CreateFromEncryptedPem(certificate, key, files.Password)
                : X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Not as inner exception: nothing of a key must reach a log.
            throw KeyUnusable(isEncrypted
                ? $"{place} cannot be decrypted with the password in {files.PasswordVariable}, or does not belong to "
                    + "the first certificate in the file"
                : $"{place} cannot be read, or does not belong to the first certificate in the file");
        }
    }

    private (string Key, string Place) Key(string certificates)
    {
        (string key, string place) = files.KeyFile is { } path
            ? (Text(Read(path, FaultCode.ClientKeyUnusable, "client key", files.KeySetting)) ?? "",
                $"the key in '{path}'")
            : files.Key is { } value
                ? (value, $"the key in the variable {files.KeyVariable}")
                : (certificates, "the key in the certificate's file");
        return key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            ? (key, place)
            : throw KeyUnusable(files.KeyFile is null && files.Key is null
                ? "there is none in the certificate's file, and none is set"
                : $"{place} is not a private key in PEM form");
    }

    private X509Certificate2 OfPkcs12(byte[] content, X509Certificate2Collection chain)
    {
        if (files.KeyFile is not null)
        {
            throw Unusable($"is not in PEM form, so that {files.KeySetting} cannot add a key to it");
        }

        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(content, files.Password);
        }
        catch (CryptographicException)
        {
            throw Unusable("is neither PEM nor a PKCS#12 file that "
                + (files.Password is null
                    ? $"opens without a password ({files.PasswordVariable} is not set)"
                    : $"the password in {files.PasswordVariable} opens"));
        }

        X509Certificate2 certificate = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw KeyUnusable("there is none in the certificate's file");
        all.Remove(certificate);
        chain.AddRange(all);
        return certificate;
    }

    private byte[] Read(string path, string code, string what, string setting)
    {
        try
        {
            return SmallFile.Read(path, OciLimits.CertificateFileBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MirrorException(
                new Fault(
                    code,
                    $"The {what} of the {end} cannot be read: {exception.Message.TrimEnd('.')}.",
                    $"Name a readable file in {setting}."),
                exception);
        }
    }

    // DER begins with a byte that begins no text.
    private static string? Text(byte[] content) =>
        content.AsSpan().IndexOf("-----BEGIN "u8) >= 0 ? Encoding.UTF8.GetString(content) : null;

    private MirrorException Unusable(string flaw) => Failure(
        FaultCode.ClientCertificateUnusable,
        $"The client certificate '{files.File}' of the {end} {flaw}.",
        $"Name a PEM file with the certificate and its key, or a PKCS#12 file, in {files.Setting}; the password of a "
            + $"PKCS#12 file belongs in the variable {files.PasswordVariable}.");

    private MirrorException KeyUnusable(string flaw) => Failure(
        FaultCode.ClientKeyUnusable,
        $"The client certificate '{files.File}' of the {end} has no usable key: {flaw}.",
        $"Put the key in PEM form into the certificate's file, into the file that {files.KeySetting} names, or into "
            + $"the variable {files.KeyVariable}; its password belongs in {files.PasswordVariable}.");

    private static MirrorException Failure(string code, string message, string advice) =>
        new(new Fault(code, message, advice));
}
