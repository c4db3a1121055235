using System.Collections.Immutable;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Oci;
using static Mirror.Engine.Tests.Fuzz.Tolerated;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>Manifests, indexes, digests and whatever refers to them.</summary>
internal static class ImageTargets
{
    private const string Hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly byte[] Referring = System.Text.Encoding.UTF8.GetBytes(Manifest(MediaType.OciManifest));

    private static readonly ImmutableArray<string> Words =
    [
        "\"config\"", "\"layers\"", "\"manifests\"", "\"subject\"", "\"annotations\"", "\"size\"", "\"digest\"",
        "\"mediaType\"", "\"artifactType\"", "\"\"", "null", "[", "]", "{", "}", ":", ",", "-1", "1e9", "\\ud800", "\"",
        $"{{\"digest\":\"sha256:{Hex}\",\"size\":70368744177664}},",
    ];

    public static ImmutableArray<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText(
            "manifest",
            "ManifestReader.Read ManifestReader.ReadAnnotation ManifestReader.ReadDescriptor StrictJson.Parse",
            bytes =>
            {
                Formats(() => _ = ManifestReader.Read(bytes, Digest.OfSha256(bytes), "").Blobs.ToArray());
                Formats(() => ManifestReader.ReadAnnotation(bytes, "contract"));
            },
            [
                Manifest(MediaType.OciManifest), Manifest(MediaType.DockerManifest), Index(MediaType.OciIndex),
                $$"""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:{{Hex}}","size":2}]}""",
            ],
            Words),
        FuzzTarget.OfText("referrer", "Referrer.Find StrictJson.ParseObject", bytes =>
            {
                if (Referrer.Find(bytes, Digest.OfSha256(bytes), MediaType.OciManifest) is { } referrer)
                {
                    _ = referrer.Tag;
                    Formats(() => referrer.AddTo(default));
                }
            },
            [Manifest(MediaType.OciManifest), Manifest(MediaType.OciArtifactManifest)],
            Words),
        FuzzTarget.OfText("referrers", "Referrer.AddTo", bytes => Formats(() =>
            Referrer.Find(Referring, Digest.OfSha256(Referring), MediaType.OciManifest)!.AddTo(bytes)),
            [Index(MediaType.OciIndex), Index(MediaType.DockerList), """{"mediaType":"x","manifests":[]}"""],
            Words),
        FuzzTarget.OfText(
            "embedded content", "EmbeddedContent.Extract", bytes => Formats(() => EmbeddedContent.Extract(bytes)),
            [$$"""{"config":{"digest":"sha256:{{Hex}}","size":2,"data":"YWI="},"layers":[{{Part}}]}"""],
            [.. Words, "\"data\"", "\"%%\""]),
        FuzzTarget.OfText("index", "LayoutIndex.Read LayoutIndex.ReadDeltaBase LayoutIndex.CheckLayoutFile", bytes =>
            {
                Formats(() => LayoutIndex.Read(bytes));
                Formats(() => LayoutIndex.ReadDeltaBase(bytes));
                Formats(() => LayoutIndex.CheckLayoutFile(bytes));
            },
            [
                Index(MediaType.OciIndex), """{"manifests":null}""", """{"imageLayoutVersion":"1.0.0"}""",
                $$$"""{"manifests":[],"annotations":{"{{{LayoutFiles.DeltaBase}}}":"{{{Hex}}}"}}""",
            ],
            [.. Words, "\"io.deckhouse.image.short_tag\"", "\"imageLayoutVersion\"", $"\"{LayoutFiles.DeltaBase}\""]),
        FuzzTarget.OfText("digest", "Digest.TryParse Digest.Parse", bytes =>
            {
                Formats(() => Digest.Parse(Utf8(bytes)));
                if (Digest.TryParse(Utf8(bytes), out Digest digest))
                {
                    _ = digest.Hex.Length + digest.ToString().Length + digest.CompareTo(default);
                }
            },
            ["sha256:" + Hex, "sha512:" + Hex + Hex],
            ["sha256:", "sha512:", "a", "A", "0", ":", "md5:"]),
    ];

    private static string Manifest(string type) =>
        $$"""
        {"schemaVersion":2,"mediaType":"{{type}}","config":{{Part}},"layers":[{{Part}}],"subject":{{Part}},
        "artifactType":"t","annotations":{"contract":"e30="} }
        """;

    private static string Index(string type) =>
        $$$"""
        {"schemaVersion":2,"mediaType":"{{{type}}}","manifests":[{"mediaType":"{{{MediaType.OciManifest}}}",
        "digest":"sha256:{{{Hex}}}","size":2,"platform":{"os":"linux","architecture":"amd64"},
        "annotations":{"io.deckhouse.image.short_tag":"v1"}}]}
        """;

    private static string Part => $$"""{"mediaType":"t","digest":"sha256:{{Hex}}","size":2}""";
}
