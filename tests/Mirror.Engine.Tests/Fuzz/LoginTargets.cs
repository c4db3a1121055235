using System.Collections.Immutable;
using Mirror.Engine.Registry.Credentials;
using Mirror.Engine.Registry.Login;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>What decides over logins: challenges, tokens, files of credentials, proxies, certificates.</summary>
internal static class LoginTargets
{
    private static readonly RegistryAccess Access = new("source", "registry.example", "deckhouse/ee");

    private static readonly CredentialPlace Docker = new("docker", "/config.json", "DOCKER_CONFIG");

    private static readonly ImmutableArray<string> JsonWords =
        ["{", "}", "[", "]", ":", ",", "\"", "null", "true", "1e999", "-1", "\\ud800", "\\u0000", "\u0000"];

    /// <summary>Files that are read at once need no disk.</summary>
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("challenge", "ChallengeParser.Parse", bytes =>
            ChallengeParser.Parse([Latin(bytes), Latin(bytes)]),
            [
                "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a/b:pull,push\"",
                "Basic realm=\"a, b\", Bearer realm=x,error=\"insufficient_scope\"", "Negotiate abc==, NTLM",
            ],
            ["Bearer", "Basic", "realm", "=", "\"", "\\\"", ",", " ", "\t", "scope"]),
        FuzzTarget.OfText("realm", "RealmGuard.Check TokenService.Get TokenService.Post", AskRealm,
            ["https://registry.example/token?x=1#f", "https://registry.example:5001/t?service=a&b", "http://[::1]/"],
            [
                "https://", "registry.example", "@", ":", "?", "#", "/", "\\", "xn--", "\u00e4", "\u3002", "%", "[",
                "]",
                "..", "&", "=",
            ]),
        FuzzTarget.OfText("token", "AccessToken.Parse", bytes => AccessToken.Parse(bytes, DateTimeOffset.UnixEpoch),
            [
                """{"token":"abc","expires_in":300,"issued_at":"2026-01-01T00:00:00Z","refresh_token":"r"}""",
                """{"access_token":"x","expires_in":1e300}""",
            ],
            [.. JsonWords, "\"token\"", "\"expires_in\"", "\"refresh_token\""]),
        FuzzTarget.OfText("credentials", "CredentialFile.Parse StoredEntry.Read", bytes => Faults(() =>
            {
                CredentialFile file = CredentialFile.Parse(bytes, Docker);
                file.HelperOf(Access);
                file.Find(Access, "deckhouse/ee");
            }),
            [
                """{"auths":{"registry.example":{"auth":"dXNlcjpwYXNz"},"https://registry.example/v1/":{}}}""",
                """{"credHelpers":{"registry.example":"pass"},"credsStore":"osxkeychain"}""",
                """{"auths":{"registry.example/deckhouse":{"username":"u","password":"p","identitytoken":"t"}}}""",
                """{"auths":{"registry.example":{"registrytoken":"y"}}}""",
            ],
            [.. JsonWords, "\"auths\"", "\"auth\"", "registry.example", "=", "\"credHelpers\"", "https://"]),
        FuzzTarget.OfText("helper", "HelperCredentials.TryRead", bytes => HelperCredentials.TryRead(bytes, out _),
            ["""{"ServerURL":"registry.example","Username":"u","Secret":"s"}""", "credentials not found\n"],
            [.. JsonWords, "\"Username\"", "\"Secret\"", "<token>"]),
        FuzzTarget.OfText("no proxy", "ProxyExceptions.Parse ProxyExceptions.Covers", bytes =>
            {
                ProxyExceptions exceptions = ProxyExceptions.Parse(Utf8(bytes));
                exceptions.Covers(new Uri("https://a.example.com:5000/"));
                exceptions.Covers(new Uri("http://10.1.2.3/"));
                exceptions.Covers(new Uri("http://[fe80::1]/"));
            },
            ["localhost,.example.com,10.0.0.0/8,[::1]:80,*.x,192.168.1.1:8080", "*", "fe80::/10, ::ffff:10.0.0.0/104"],
            [",", ".", "/", ":", "*", "[", "]", "10.", "::", "/128", "/-1", "/999"]),
        FuzzTarget.OfText("proxy", "EnvironmentProxy.Create ProxyServer.Read", ReadProxy,
            ["http://user:p%40ss@proxy:3128", "socks5://p:1", "proxy:8080", "http://[::1]:80"],
            ["http://", "socks5://", "@", ":", "%", "%zz", "[", "]", "xn--", "\u00e4", "/", "?", "\\"]),
        FuzzTarget.OfText("certificates", "CertificateTrust.Load", ReadCertificates,
            ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "# a comment\n"],
            ["-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "MIIB", "=", "\n", "-----"])
            with { FreeBytes = 1024 * 1024 },
    ];

    private static void AskRealm(byte[] bytes) => Faults(() =>
    {
        Uri realm = RealmGuard.Check(Utf8(bytes), Access, RegistryRequest.ForTags("a", "a/tags/list"));
        TokenService service = new(realm, Latin(bytes));
        using HttpRequestMessage get = service.Get("repository:a:pull repository:b:pull", new Credential("u", "p"));
        using HttpRequestMessage post = service.Post("repository:a:pull", Latin(bytes));
    });

    private static void ReadProxy(byte[] bytes) => Faults(() =>
    {
        EnvironmentProxy proxy = EnvironmentProxy.Create(
            new RunEnvironment(new Dictionary<string, string> { ["HTTPS_PROXY"] = Utf8(bytes) }));
        if (proxy.GetProxy(new Uri("https://registry.example/")) is { } address)
        {
            proxy.GetCredential(address, "Basic");
        }
    });

    private static void ReadCertificates(byte[] bytes)
    {
        string file = Path.Combine(Memory, $"mirror-fuzz-{Guid.NewGuid():N}.pem");
        try
        {
            File.WriteAllBytes(file, bytes);
            Faults(() => CertificateTrust.Load(
                Access with { CaFile = file }, new RunEnvironment(new Dictionary<string, string>())));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
