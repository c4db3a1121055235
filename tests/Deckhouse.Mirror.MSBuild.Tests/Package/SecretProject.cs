using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mirror.TestKit.Content;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Processes;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// One build that pulls through a proxy that wants a login, and pushes to a registry that wants a client certificate
/// and a login, which a credential helper has. The command lines of all its processes are looked at while the first
/// blob is fetched and while the first is sent; the helper writes down its own, its parent's and its variables.
/// </summary>
internal sealed class SecretProject(PlainProjects projects, string name) : IAsyncDisposable
{
    private const string Licence = "canary-licence-63aa";
    private const string ProxyPassword = "canary-proxy-19d4";
    private const string HelperPassword = "canary-helper-77c1";
    private const string KeyPassword = "canary-key-2e05";

    private readonly X509Certificate2 _certificate = SelfSigned();

    private TestRegistry? _source;
    private TestRegistry? _target;
    private FaultRule? _proxyLogin;

    /// <summary>Every secret of the build, also as it is sent, and the private key.</summary>
    public static IReadOnlyList<string> Secrets =>
    [
        Licence, ProxyPassword, HelperPassword, KeyPassword, "PRIVATE KEY",
        Encode($"license-token:{Licence}"), Encode($"pxuser:{ProxyPassword}"), Encode($"robot:{HelperPassword}"),
    ];

    /// <summary>The variables by which secrets are given to the build; no others may hold one.</summary>
    public IReadOnlyDictionary<string, string> Given { get; private set; } = new Dictionary<string, string>();

    public CommandLines CommandLines { get; } = new();

    /// <summary>The project's file.</summary>
    public string File { get; private set; } = "";

    /// <summary>The command lines of the helper and of the process that started it.</summary>
    public string[] HelperCommands => System.IO.File.ReadAllLines(Combine("commands"));

    /// <summary>The helper's variables, as <c>name=value</c>; a value of several lines is several.</summary>
    public string[] HelperVariables => System.IO.File.ReadAllLines(Combine("variables"));

    /// <summary>Whether each secret was used: proxy, helper, certificate.</summary>
    public bool AreAllUsed => _proxyLogin!.Applied > 0 && _target!.ClientCertificates!.Shown.Count > 0;

    /// <summary>Builds.</summary>
    /// <param name="more">Variables that change where the tasks run.</param>
    public async Task<DotNetRun> BuildAsync(IEnumerable<KeyValuePair<string, string>> more)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        _source = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = DeckhouseMini.Load(),
                Credential = new TestCredential("license-token", Licence),
            },
            cancellation);
        _target = await TestRegistry.StartAsync(
            new TestRegistryOptions
            {
                Content = new ContentSet(),
                Credential = new TestCredential("robot", HelperPassword),
                Certificate = _certificate,
                ClientCertificates = new ClientCertificateOptions(_certificate),
            },
            cancellation);
        _source.Faults.Add(request => request.IsBlob() && CommandLines.Look(), new RegistryFault(), times: 1);
        _target.Faults.Add(request => request.IsUpload() && CommandLines.Look(), new RegistryFault(), times: 1);
        _proxyLogin = _source.Faults.Add(
            static _ => true,
            new RegistryFault
            {
                Status = 407,
                Headers = new Dictionary<string, string> { ["Proxy-Authenticate"] = "Basic realm=\"proxy\"" },
            },
            times: 1);
        File = await WriteAsync(cancellation);
        return await projects.BuildAsync(
            File,
            [
                .. Given,
                .. more,
                new("NO_PROXY", "127.0.0.1"),
                new("DOCKER_CONFIG", Combine("docker")),
                new("PATH", $"{Combine("helpers")}:{Environment.GetEnvironmentVariable("PATH")}"),
                new("MIRROR_DEBUG_LOG", "4"),
            ],
            static _ => { },
            "-t:D8MirrorPull;D8MirrorPush",
            "-tl:off",
            "-nodeReuse:false");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestRegistry? registry in (TestRegistry?[])[_source, _target])
        {
            if (registry is not null)
            {
                await registry.DisposeAsync();
            }
        }

        _certificate.Dispose();
    }

    private static string Encode(string login) => Convert.ToBase64String(Encoding.UTF8.GetBytes(login));

    /// <summary>The certificate of the server and of its client, each trusted because it is known.</summary>
    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=secrets", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private string Combine(string file) => projects.Combine($"{name}-{file}");

    private async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        string certificate = Combine("certificate.pem");
        await System.IO.File.WriteAllTextAsync(certificate, _certificate.ExportCertificatePem(), cancellationToken);
        using ECDsa key = _certificate.GetECDsaPrivateKey()!;
        Given = new Dictionary<string, string>
        {
            ["D8_MIRROR_LICENSE_TOKEN"] = Licence,
            ["HTTP_PROXY"] = $"http://pxuser:{ProxyPassword}@{_source!.Host}",
            ["D8_MIRROR_REGISTRY_CLIENT_KEY_PASSWORD"] = KeyPassword,
            ["D8_MIRROR_REGISTRY_CLIENT_KEY"] = key.ExportEncryptedPkcs8PrivateKeyPem(
                KeyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
        };
        await WriteHelperAsync(cancellationToken);
        return projects.Write(name, $"""
              <PropertyGroup>
                <D8MirrorSource>registry.example/deckhouse/ee</D8MirrorSource>
                <D8MirrorSourceInsecure>true</D8MirrorSourceInsecure>
                <D8MirrorTarget>{_target!.Host}/mirror/ee</D8MirrorTarget>
                <D8MirrorCaFile>{certificate}</D8MirrorCaFile>
                <D8MirrorTargetClientCertificateFile>{certificate}</D8MirrorTargetClientCertificateFile>
                <D8MirrorBundleDirectory>{Combine("bundle")}</D8MirrorBundleDirectory>
                <D8MirrorNoPackages>true</D8MirrorNoPackages>
              </PropertyGroup>
            """);
    }

    private async Task WriteHelperAsync(CancellationToken cancellationToken)
    {
        string helper = Path.Combine(
            Directory.CreateDirectory(Combine("helpers")).FullName, "docker-credential-canary");
        ProgramFile.Write(
            helper,
            $$"""
            #!/bin/sh
            for process in $$ $PPID; do tr '\0' ' ' < /proc/$process/cmdline; echo; done > '{{Combine("commands")}}'
            env > '{{Combine("variables")}}'
            cat > /dev/null
            echo '{"ServerURL":"x","Username":"robot","Secret":"{{HelperPassword}}"}'

            """);

        await System.IO.File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(Combine("docker")).FullName, "config.json"),
            $$"""{ "credHelpers": { "{{_target!.Host}}": "canary" } }""",
            cancellationToken);
    }
}
