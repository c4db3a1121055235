using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Bundles;

public sealed class LayoutFilesTests
{
    private static readonly Digest First = Digest.OfSha256("first"u8);
    private static readonly Digest Second = Digest.OfSha256("second"u8);

    [Fact]
    public void The_layout_file_has_four_spaces_and_no_line_end_behind_it() =>
        Assert.Equal("{\n    \"imageLayoutVersion\": \"1.0.0\"\n}", Text(LayoutFiles.Layout.Span));

    [Fact]
    public void An_index_without_images_has_an_empty_list() => Assert.Equal(
        """
        {
          "schemaVersion": 2,
          "mediaType": "application/vnd.oci.image.index.v1+json",
          "manifests": []
        }
        """,
        Text(LayoutFiles.Index([])));

    [Fact]
    public void An_index_is_sorted_by_reference_and_then_tag_and_writes_the_same_entry_once() => Assert.Equal(
        $$"""
        {
          "schemaVersion": 2,
          "mediaType": "application/vnd.oci.image.index.v1+json",
          "manifests": [
            {
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "size": 7,
              "digest": "{{Second}}",
              "annotations": {
                "io.deckhouse.image.short_tag": "B",
                "org.opencontainers.image.ref.name": "host/a:B"
              },
              "artifactType": "application/vnd.aquasec.trivy.config.v1+json"
            },
            {
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "size": 7,
              "digest": "{{First}}",
              "annotations": {
                "io.deckhouse.image.short_tag": "alpha",
                "org.opencontainers.image.ref.name": "host/a:B"
              }
            },
            {
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "size": 7,
              "digest": "{{First}}",
              "annotations": {
                "io.deckhouse.image.short_tag": "a",
                "org.opencontainers.image.ref.name": "host/a:a"
              }
            }
          ]
        }
        """,
        Text(LayoutFiles.Index(
        [
            Image("host/a:a", "a", First),
            Image("host/a:B", "alpha", First),
            Image("host/a:a", "a", First),
            Image("host/a:B", "B", Second) with { ArtifactType = "application/vnd.aquasec.trivy.config.v1+json" },
        ])));

    [Fact]
    public void Markup_is_escaped_as_Go_does_and_the_plus_sign_is_left_alone()
    {
        string text = Text(LayoutFiles.Index([Image("a<b>c&d'e+f", "t", First)]));

        Assert.Contains(@"""a\u003cb\u003ec\u0026d'e+f""", text, StringComparison.Ordinal);
        Assert.Contains("image.manifest.v1+json", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_an_index_is_known_without_its_bytes()
    {
        ImmutableArray<PlannedImage> images =
            [.. Enumerable.Range(0, 500).Select(number => Image($"a<{number}>&b", $"t{number}", First))];

        Assert.Equal(LayoutFiles.Index(images).Length, LayoutFiles.IndexLength(images));
        Assert.Equal(LayoutFiles.Index([]).Length, LayoutFiles.IndexLength([]));
    }

    private static PlannedImage Image(string reference, string tag, Digest digest) => new()
    {
        Repository = "a",
        Tag = tag,
        Reference = reference,
        Digest = digest,
        MediaType = MediaType.OciManifest,
        ManifestBytes = 7,
        TotalBytes = 7,
        Reason = "test",
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
