using System.Text;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Oci;

public sealed class ManifestReaderTests
{
    private const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    private const string Foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    private static readonly string Config = Descriptor('c', 2, MediaType.OciConfig);

    public static TheoryData<string, string> Unusable => new()
    {
        { "no JSON", "{" },
        { "no object", "[]" },
        { "no object", "\"text\"" },
        { "no config", $$"""{"layers":[]}""" },
        { "no layers", $$"""{"config":{{Config}}}""" },
        { "null config", """{"config":null,"layers":[]}""" },
        { "negative size", $$"""{"config":{{Descriptor('c', -1, "")}},"layers":[]}""" },
        { "size no registry has", $$"""{"config":{{Descriptor('c', long.MaxValue, "")}},"layers":[]}""" },
        { "fraction", $$"""{"config":{{Config.Replace("2,", "2.5,", StringComparison.Ordinal)}},"layers":[]}""" },
        { "size as text", $$"""{"config":{{Config.Replace("2,", "\"2\",", StringComparison.Ordinal)}},"layers":[]}""" },
        { "no digest", """{"config":{"mediaType":"x","size":2},"layers":[]}""" },
        { "digest of another shape", """{"config":{"digest":"md5:00","size":2},"layers":[]}""" },
        { "layers are no list", $$"""{"config":{{Config}},"layers":{} }""" },
        { "null among the layers", $$"""{"config":{{Config}},"layers":[null]}""" },
        { "media type is a number", $$"""{"mediaType":1,"config":{{Config}},"layers":[]}""" },
        { "index with config", $$"""{"mediaType":"{{MediaType.OciIndex}}","config":{{Config}},"manifests":[]}""" },
        { "index without children", $$"""{"mediaType":"{{MediaType.OciIndex}}"}""" },
        {
            "image with children",
            $$"""{"mediaType":"{{MediaType.OciManifest}}","config":{{Config}},"layers":[],"manifests":[]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_is_no_manifest_is_refused(string why, string json) =>
        Assert.True(Record.Exception(() => Read(json)) is FormatException, why);

    [Fact]
    public void Nesting_deeper_than_the_limit_is_refused()
    {
        string Nested(int depth) =>
            $$"""{"config":{{Config}},"layers":[],"x":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        Assert.NotNull(Read(Nested(OciLimits.JsonDepth - 1)).Config);
        Assert.Throws<FormatException>(() => Read(Nested(OciLimits.JsonDepth)));
    }

    [Fact]
    public void A_media_type_that_contradicts_the_one_it_was_served_with_is_refused()
    {
        string json = $$"""{"mediaType":"{{MediaType.OciManifest}}","config":{{Config}},"layers":[]}""";

        Assert.Equal(MediaType.OciManifest, Read(json, MediaType.OciManifest).Descriptor.MediaType);
        Assert.Throws<FormatException>(() => Read(json, MediaType.DockerManifest));
    }

    [Fact]
    public void Without_a_media_type_the_shape_decides()
    {
        Assert.Equal(
            MediaType.OciManifest, Read($$"""{"config":{{Config}},"layers":[]}""").Descriptor.MediaType);
        Assert.Equal(MediaType.OciIndex, Read("""{"manifests":[]}""").Descriptor.MediaType);
        Assert.Equal(
            MediaType.DockerManifest,
            Read($$"""{"config":{{Config}},"layers":[]}""", MediaType.DockerManifest).Descriptor.MediaType);
    }

    [Fact]
    public void An_image_refers_to_its_config_and_layers_in_order()
    {
        string layers = $"{Descriptor('b', 7, Layer)},{Descriptor('a', 5, Layer)}";
        string json = $$"""{"config":{{Config}},"layers":[{{layers}}]}""";

        Manifest manifest = Read(json);

        Assert.Equal(json.Length, manifest.Descriptor.Size);
        Assert.False(manifest.IsIndex);
        Assert.Equal(["c", "b", "a"], manifest.Blobs.Select(blob => blob.Digest.Hex[..1]));
        Assert.Equal([2, 7, 5], manifest.Blobs.Select(blob => blob.Size));
    }

    [Fact]
    public void Null_lists_are_empty_lists()
    {
        Assert.Empty(Read($$"""{"config":{{Config}},"layers":null}""").Layers);
        Assert.Empty(Read("""{"manifests":null}""", MediaType.OciIndex).Children);
    }

    [Fact]
    public void Layers_that_stay_at_their_publisher_do_not_travel()
    {
        Manifest manifest = Read(
            $$"""{"config":{{Config}},"layers":[{{Descriptor('f', 9, Foreign)}},{{Descriptor('a', 5, Layer)}}]}""");

        Assert.Equal(2, manifest.Layers.Length);
        Assert.Equal(["c", "a"], manifest.Blobs.Select(blob => blob.Digest.Hex[..1]));
    }

    [Theory]
    [InlineData(MediaType.OciIndex)]
    [InlineData(MediaType.DockerList)]
    public void An_index_has_children_with_their_platforms(string mediaType)
    {
        string child = Descriptor('d', 400, MediaType.OciManifest)[..^1]
            + ""","platform":{"os":"linux","architecture":"amd64"}}""";

        Manifest index = Read($$"""{"manifests":[{{child}},{{Descriptor('e', 401, "")}}]}""", mediaType);

        Assert.True(index.IsIndex);
        Assert.Empty(index.Blobs);
        Assert.Equal(
            [("d", "linux", "amd64"), ("e", null, null)],
            index.Children.Select(one => (one.Digest.Hex[..1], one.OperatingSystem, one.Architecture)));
    }

    [Fact]
    public void The_artifact_type_is_stated_or_that_of_a_config_which_is_no_image_config()
    {
        const string trivy = "application/vnd.aquasec.trivy.config.v1+json";
        string artifact = Descriptor('c', 2, trivy);

        Assert.Null(Read($$"""{"config":{{Config}},"layers":[]}""").ArtifactType);
        Assert.Equal(trivy, Read($$"""{"config":{{artifact}},"layers":[]}""").ArtifactType);
        Assert.Equal("a/b", Read($$"""{"artifactType":"a/b","config":{{artifact}},"layers":[]}""").ArtifactType);
    }

    [Fact]
    public void An_artifact_manifest_has_blobs_and_no_config()
    {
        Manifest manifest = Read(
            $$"""{"mediaType":"{{MediaType.OciArtifactManifest}}","blobs":[{{Descriptor('a', 5, Layer)}}]}""");

        Assert.Equal(["a"], manifest.Blobs.Select(blob => blob.Digest.Hex[..1]));
    }

    [Fact]
    public void Parameters_of_a_media_type_do_not_count() =>
        Assert.Equal(MediaType.OciIndex, MediaType.WithoutParameters(MediaType.OciIndex + " ; charset=utf-8"));

    private static Manifest Read(string json, string mediaType = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return ManifestReader.Read(bytes, Digest.OfSha256(bytes), mediaType);
    }

    private static string Descriptor(char hex, long size, string mediaType) =>
        $$"""{"size":{{size}},"digest":"sha256:{{new string(hex, 64)}}","mediaType":"{{mediaType}}"}""";
}
