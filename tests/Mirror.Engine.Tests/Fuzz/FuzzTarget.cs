using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Bundles;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>A parser of foreign bytes, with inputs to begin from and words that belong to its grammar.</summary>
internal sealed record FuzzTarget(
    string Name, Action<byte[]> Run, ImmutableArray<string> Seeds, ImmutableArray<string> Words)
{
    private const string Hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly RegistryAccess Access = new("source", "registry.example", "deckhouse/ee");

    private static readonly CredentialPlace Docker = new("docker", "/config.json", "DOCKER_CONFIG");

    private static readonly Uri From = new("https://registry.example/v2/a/blobs/uploads/");

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        new("challenge", bytes => ChallengeParser.Parse([Text(bytes), Text(bytes)]),
            [
                "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a/b:pull,push\"",
                "Basic realm=\"a, b\", Bearer realm=x,error=\"insufficient_scope\"", "Negotiate abc==, NTLM",
            ],
            ["Bearer", "Basic", "realm", "=", "\"", "\\\"", ",", " ", "\t", "scope"]),
        new("location", ResolveLocation,
            [
                "/v2/a/blobs/uploads/1?_state=x%3D", "https://storage.example/up?a=b&c=d", "//host:5000/x", "up/2",
                "http://registry.example/v2/x",
            ],
            ["http://", "https://", "//", "?", "#", "%", "%00", "..", "@", ":", "[", "]", "registry.example"]),
        new("link", bytes => LinkHeader.FindNext([Text(bytes)]),
            [
                "</v2/a/tags/list?last=b&n=10>; rel=\"next\"",
                "<https://a/b>; rel=prev, <c>; title=\"a,b\"; rel=\"next first\"",
            ],
            ["<", ">", ";", "rel", "=", "\"", "next", ",", "\\", " "]),
        new("range", bytes => UploadRange.Received(Text(bytes)),
            ["0-0", "0-1023", "bytes=0-9223372036854775806", "0-9223372036854775807"], ["-", "bytes=", "0", " ", "9"]),
        new("error body", bytes => ErrorBody.Parse(bytes),
            [
                """{"errors":[{"code":"DENIED","message":"no","detail":{"a":[1,2,{}]}},{"code":7}]}""",
                "<html><body>502 Bad Gateway</body></html>", """{"errors":[]}""",
            ],
            ["{", "}", "[", "]", "\"errors\"", ":", ",", "null", "\u0000", "\u202e", "\\u0000", "1e999"]),
        new("credentials", bytes => Tolerate(() => CredentialFile.Parse(bytes, Docker).Find(Access, "deckhouse/ee")),
            [
                """{"auths":{"registry.example":{"auth":"dXNlcjpwYXNz"},"https://registry.example/v1/":{}}}""",
                """{"credHelpers":{"registry.example":"pass"},"credsStore":"osxkeychain"}""",
                """{"auths":{"registry.example/deckhouse":{"username":"u","password":"p","identitytoken":"t"}}}""",
            ],
            ["\"auths\"", "\"auth\"", "registry.example", "null", "{", "}", "[", ":", "=", "\"credHelpers\""]),
        new("manifest", bytes => Tolerate(() => ManifestReader.Read(bytes, Digest.OfSha256(bytes), "")),
            [
                Manifest(MediaType.OciManifest), Manifest(MediaType.DockerManifest),
                $$"""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:{{Hex}}","size":2}]}""",
            ],
            ["\"config\"", "\"layers\"", "\"manifests\"", "null", "[", "]", "{", "}", ":", "-1", "1e9", "\"size\""]),
        new("index", bytes => Tolerate(() => LayoutIndex.Read(bytes)),
            [
                $$$"""
                {"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:{{{Hex}}}","size":2,
                "annotations":{"io.deckhouse.image.short_tag":"v1"}}]}
                """,
                """{"manifests":null}""",
            ],
            ["\"annotations\"", "\"io.deckhouse.image.short_tag\"", "null", "[", "]", "{", "}", ":", "\"digest\""]),
        new("referrer", bytes => Referrer.Find(bytes, Digest.OfSha256(bytes), MediaType.OciManifest),
            [Manifest(MediaType.OciManifest)],
            [
                "\"subject\"", "\"digest\"", "\"config\"", "\"annotations\":{\"a\":\"\\ud800\"}", "null", "{", "}", ",",
                ":",
            ]),
        new("referrers index", bytes => Tolerate(() => Subject.AddTo(bytes)),
            [$$"""{"schemaVersion":2,"mediaType":"{{MediaType.OciIndex}}","manifests":[{{Part}}]}"""],
            ["\"manifests\"", "\"digest\"", "\"mediaType\"", "\"\\ud800\"", "null", "[", "]", "{", "}", ",", ":"]),
        new("embedded content", bytes => Tolerate(() => EmbeddedContent.Of(bytes)),
            [$$"""{"config":{"digest":"sha256:{{Hex}}","size":2,"data":"YWI="},"layers":[{{Part}}]}"""],
            ["\"data\"", "\"size\"", "\"digest\"", "\"%%\"", "null", "[", "]", "{", "}", ",", ":"]),
    ];

    private static Referrer Subject => new(Digest.OfSha256([]), new JsonObject { ["digest"] = $"sha256:{Hex}" });

    private static void ResolveLocation(byte[] bytes)
    {
        if (UploadLocation.Resolve(Text(bytes), From, Access) is { } location)
        {
            UploadLocation.With(location, "digest=sha256%3A0");
        }
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The exceptions by which parsers of documents refuse.</summary>
    private static void Tolerate(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is FormatException or MirrorException)
        {
            // The answer to input that is none.
        }
    }

    private static string Manifest(string type) =>
        $$"""
        {"schemaVersion":2,"mediaType":"{{type}}","config":{{Part}},"layers":[{{Part}}],"subject":{{Part}} }
        """;

    private static string Part => $$"""{"mediaType":"t","digest":"sha256:{{Hex}}","size":2}""";
}
