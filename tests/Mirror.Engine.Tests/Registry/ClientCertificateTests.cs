using System.Net.Security;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using Mirror.TestKit.Files;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Every form of certificate and key that is read, and every flaw that is found before a request.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly ClientFiles _files;

    public ClientCertificateTests() => _files = new ClientFiles(_folder, _authority);

    public static TheoryData<string> Forms =>
        ["whole", "key file", "key variable", "encrypted key", "encrypted whole", "pkcs12", "pkcs12 without password"];

    public static TheoryData<string, string> Flaws => new()
    {
        { "absent", FaultCode.ClientCertificateUnusable },
        { "garbage", FaultCode.ClientCertificateUnusable },
        { "empty", FaultCode.ClientCertificateUnusable },
        { "key only", FaultCode.ClientCertificateUnusable },
        { "broken pem", FaultCode.ClientCertificateUnusable },
        { "folder", FaultCode.ClientCertificateUnusable },
        { "pkcs12 with wrong password", FaultCode.ClientCertificateUnusable },
        { "pkcs12 that lacks its password", FaultCode.ClientCertificateUnusable },
        { "pkcs12 with key file", FaultCode.ClientCertificateUnusable },
        { "no key", FaultCode.ClientKeyUnusable },
        { "absent key file", FaultCode.ClientKeyUnusable },
        { "key file without key", FaultCode.ClientKeyUnusable },
        { "key variable without key", FaultCode.ClientKeyUnusable },
        { "key of another", FaultCode.ClientKeyUnusable },
        { "broken key", FaultCode.ClientKeyUnusable },
        { "wrong password", FaultCode.ClientKeyUnusable },
        { "no password", FaultCode.ClientKeyUnusable },
        { "old encryption", FaultCode.ClientKeyUnusable },
        { "expired", FaultCode.ClientCertificateNotValid },
        { "not yet valid", FaultCode.ClientCertificateNotValid },
    };

    public void Dispose()
    {
        _files.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_gives_a_certificate_with_its_key(string form)
    {
        string chain = _files.Write("chain.pem", _files.ChainPem);
        SslStreamCertificateContext loaded = Load(form switch
        {
            "whole" => ClientFiles.Of(_files.Whole),
            "key file" => ClientFiles.Of(chain, _files.Write("key.pem", _files.KeyPem)),
            "key variable" => ClientFiles.Of(chain, key: _files.KeyPem),
            "encrypted key" => ClientFiles.Of(
                chain, _files.Write("key.pem", _files.EncryptedKeyPem), password: ClientFiles.Password),
            "encrypted whole" => ClientFiles.Of(
                _files.Write("c.pem", _files.EncryptedKeyPem + "\n" + _files.ChainPem), password: ClientFiles.Password),
            "pkcs12" => ClientFiles.Of(
                _files.Write("c.p12", _files.Pkcs12(ClientFiles.Password)), password: ClientFiles.Password),
            _ => ClientFiles.Of(_files.Write("c.pfx", _files.Pkcs12(null))),
        });

        Assert.True(loaded.TargetCertificate.HasPrivateKey);
        Assert.Equal("CN=client", loaded.TargetCertificate.Subject);
        Assert.Equal(
            form.StartsWith("pkcs12", StringComparison.Ordinal) ? 0 : 1, loaded.IntermediateCertificates.Count);
    }

    [Fact]
    public void A_key_file_beats_the_variable_and_that_the_certificates_file()
    {
        using ClientFiles other = new(_folder, _authority);

        Load(ClientFiles.Of(_files.Whole, key: _files.KeyPem));
        Load(ClientFiles.Of(_files.Whole, _files.Write("key.pem", _files.KeyPem), other.KeyPem));
        Assert.Throws<MirrorException>(() => Load(ClientFiles.Of(_files.Whole, key: other.KeyPem)));
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public void Each_flaw_has_its_code_and_shows_neither_key_nor_password(string flaw, string code)
    {
        using ClientFiles other = new(_folder, _authority);
        using ClientFiles expired = new(_folder, _authority, TimeSpan.FromHours(23));
        string chain = _files.Write("chain.pem", _files.ChainPem);
        string broken = _files.KeyPem.Replace("\nM", "\n!", StringComparison.Ordinal);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        ClientCertificateFiles files = flaw switch
        {
            "absent" => ClientFiles.Of(_folder.Combine("absent.pem")),
            "garbage" => ClientFiles.Of(_files.Write("x.pem", [1, 2, 3, 4])),
            "empty" => ClientFiles.Of(_files.Write("x.pem", "")),
            "key only" => ClientFiles.Of(_files.Write("x.pem", _files.KeyPem)),
            "broken pem" => ClientFiles.Of(_files.Write(
                "x.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + _files.KeyPem)),
            "folder" => ClientFiles.Of(_folder.FullName),
            "pkcs12 with wrong password" => ClientFiles.Of(
                _files.Write("x.p12", _files.Pkcs12("right")), password: ClientFiles.Password),
            "pkcs12 that lacks its password" => ClientFiles.Of(_files.Write("x.p12", _files.Pkcs12("right"))),
            "pkcs12 with key file" => ClientFiles.Of(
                _files.Write("x.p12", _files.Pkcs12(null)), _files.Write("key.pem", _files.KeyPem)),
            "no key" => ClientFiles.Of(chain),
            "absent key file" => ClientFiles.Of(chain, _folder.Combine("absent.key")),
            "key file without key" => ClientFiles.Of(chain, chain),
            "key variable without key" => ClientFiles.Of(chain, key: ClientFiles.Password),
            "key of another" => ClientFiles.Of(chain, key: other.KeyPem),
            "broken key" => ClientFiles.Of(chain, key: broken),
            "wrong password" => ClientFiles.Of(
                chain, key: _files.EncryptedKeyPem, password: ClientFiles.Password + "x"),
            "no password" => ClientFiles.Of(chain, key: _files.EncryptedKeyPem),
            "old encryption" => ClientFiles.Of(chain, key:
                "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
                + "-----END EC PRIVATE KEY-----\n"),
            "expired" => ClientFiles.Of(expired.Whole),
            _ => ClientFiles.Of(_files.Whole),
        };

        MirrorException failure = Assert.Throws<MirrorException>(() => new ClientCertificate(files, "source").Load(
            flaw == "not yet valid" ? now.AddDays(-3) : now));

        Fault fault = Assert.Single(failure.Faults);
        Assert.Equal(code, fault.Code);
        Assert.Contains("source", fault.Message, StringComparison.Ordinal);
        string text = failure.ToString() + fault;
        Assert.DoesNotContain(ClientFiles.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain(_files.KeyPem[40..70], text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.KeyPem[40..70], text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            ClientFiles.Password,
            (ScriptedRegistry.Access() with { ClientCertificate = files }).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_that_is_reached_by_HTTPS_is_refused_with_a_certificate_only()
    {
        RegistryAccess access = ScriptedRegistry.Access();
        RunEnvironment environment = StoredCredentials.Environment(("HTTPS_PROXY", "https://proxy.example:3128"));

        using (RegistryTransport.CreateHandler(access, environment))
        {
            MirrorException failure = Assert.Throws<MirrorException>(() => RegistryTransport.CreateHandler(
                access with { ClientCertificate = ClientFiles.Of(_files.Whole) }, environment));

            Assert.Equal(FaultCode.ClientCertificateThroughProxy, Assert.Single(failure.Faults).Code);
        }

        RegistryTransport.CreateHandler(
            access with { ClientCertificate = ClientFiles.Of(_files.Whole) },
            StoredCredentials.Environment(
                ("HTTPS_PROXY", "https://proxy.example:3128"), ("NO_PROXY", "registry.example"))).Dispose();
    }

    private static SslStreamCertificateContext Load(ClientCertificateFiles files) =>
        new ClientCertificate(files, "source").Load(TimeProvider.System.GetUtcNow());
}
