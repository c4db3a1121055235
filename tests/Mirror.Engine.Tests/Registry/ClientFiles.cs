using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A client certificate and its key, written in the forms that people have.</summary>
internal sealed class ClientFiles : IDisposable
{
    public const string Password = "canary-client-password";

    private readonly TemporaryFolder _folder;
    private readonly X509Certificate2 _certificate;

    public ClientFiles(TemporaryFolder folder, TestAuthority authority, TimeSpan? life = null)
    {
        _folder = folder;
        _certificate = authority.IssueClient(life);
        using ECDsa key = _certificate.GetECDsaPrivateKey()!;
        KeyPem = key.ExportPkcs8PrivateKeyPem();
        EncryptedKeyPem = key.ExportEncryptedPkcs8PrivateKeyPem(
            Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        LeafPem = _certificate.ExportCertificatePem();
        ChainPem = $"{LeafPem}\n{authority.IntermediatePem}\n";
    }

    public string KeyPem { get; }

    public string EncryptedKeyPem { get; }

    public string LeafPem { get; }

    /// <summary>The certificate with its issuer's behind it.</summary>
    public string ChainPem { get; }

    /// <summary>Certificates and key in one file.</summary>
    public string Whole => Write("client.pem", ChainPem + KeyPem);

    public byte[] Pkcs12(string? password) => _certificate.Export(X509ContentType.Pkcs12, password);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        string path = _folder.Combine(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public static ClientCertificateFiles Of(
        string file, string? keyFile = null, string? key = null, string? password = null) => new(file)
        {
            Setting = "Source.ClientCertificateFile",
            KeyFile = keyFile,
            KeySetting = "Source.ClientKeyFile",
            Key = key,
            KeyVariable = "D8_MIRROR_SOURCE_CLIENT_KEY",
            Password = password,
            PasswordVariable = "D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD",
        };

    public void Dispose() => _certificate.Dispose();
}
