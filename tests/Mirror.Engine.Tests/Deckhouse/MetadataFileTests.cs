using System.Text;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class MetadataFileTests
{
    private static readonly string A = "sha256:" + new string('a', 64);
    private static readonly string B = "sha256:" + new string('b', 64);

    [Theory]
    [InlineData("""{"version":"v1.69.4"}""", false)]
    [InlineData("""{"version":"1.69.4","suspend":false}""", false)]
    [InlineData("""{"version":"v1.69.4","suspend":null}""", false)]
    [InlineData("""{"version":"v1.69.4","suspend":true,"other":[]}""", true)]
    public void A_release_has_a_version_and_may_be_suspended(string json, bool suspended)
    {
        ReleaseMetadata metadata = Release(json);

        Assert.Equal("v1.69.4", metadata.Version.ToTag());
        Assert.Equal(suspended, metadata.Suspended);
    }

    [Theory]
    [InlineData("{}", FaultCode.ChannelVersionMalformed)]
    [InlineData("""{"version":"main"}""", FaultCode.ChannelVersionMalformed)]
    [InlineData("""{"version":null}""", FaultCode.ChannelVersionMalformed)]
    [InlineData("""{"version":1}""", FaultCode.MetadataFileMalformed)]
    [InlineData("""{"version":"v1.0.0","suspend":"yes"}""", FaultCode.MetadataFileMalformed)]
    [InlineData("[]", FaultCode.MetadataFileMalformed)]
    [InlineData("", FaultCode.MetadataFileMalformed)]
    public void A_release_that_cannot_be_read_is_a_fault_that_names_the_image(string json, string code)
    {
        Fault fault = FaultOf(() => Release(json));

        Assert.Equal(code, fault.Code);
        Assert.Contains("h/r:stable", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_without_version_file_is_a_fault() => Assert.Equal(
        FaultCode.MetadataFileMissing,
        FaultOf(() => ReleaseMetadata.Read(new Dictionary<string, ReadOnlyMemory<byte>>(), "h/r:stable")).Code);

    [Fact]
    public void Every_digest_in_the_digests_file_counts_once_whatever_is_around_it() => Assert.Equal(
        [A, B],
        ImageDigests.Read(Bytes($$"""{"m":{"x":"{{B}}","y":{"z":["{{A}}","{{B}}"] } },"n":"sha256:short"}"""))
            .Select(digest => digest.ToString()));

    [Fact]
    public void The_older_file_names_components_by_tag() => Assert.Equal(
        ["a-1", "b-2"],
        ImageDigests.ReadTags(Bytes("""{"m":{"x":"b-2","y":"a-1"},"n":{"z":"a-1","w":""}}"""), "h/i:v1"));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"m":"a"}""")]
    [InlineData("""{"m":{"x":1}}""")]
    [InlineData("""{"m":{"x":"a/b"}}""")]
    [InlineData("{")]
    public void An_older_file_of_another_shape_is_a_fault(string json) => Assert.Equal(
        FaultCode.MetadataFileMalformed, FaultOf(() => ImageDigests.ReadTags(Bytes(json), "h/i:v1")).Code);

    [Fact]
    public void Extra_images_have_texts_or_numbers_as_tags() => Assert.Equal(
        [("a", "v5.0.1"), ("b", "4"), ("c", "2025-01-15")],
        ExtraImages.Read(Bytes("""{"c":"2025-01-15","b":4.0,"a":"v5.0.1","d":null,"e":true}"""), "h/m:v1"));

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"a/b":"1"}""")]
    [InlineData("""{"../a":"1"}""")]
    [InlineData("""{"A":"1"}""")]
    [InlineData("""{"a":"1/2"}""")]
    [InlineData("""{"a":""}""")]
    [InlineData("""{"a":-1}""")]
    public void Extra_images_that_cannot_be_names_are_a_fault(string json) => Assert.Equal(
        FaultCode.MetadataFileMalformed, FaultOf(() => ExtraImages.Read(Bytes(json), "h/m:v1")).Code);

    [Fact]
    public void A_file_that_is_too_large_or_too_deep_is_a_fault_of_the_image()
    {
        string deep = new('[', 1000);
        string large = $"{{\"a\":\"{new string('x', OciLimits.DocumentBytes)}\"}}";
        foreach (string json in new[] { deep, large })
        {
            Assert.Equal(FaultCode.MetadataFileMalformed, FaultOf(() => Release(json)).Code);
            Assert.Equal(FaultCode.MetadataFileMalformed, FaultOf(() => ExtraImages.Read(Bytes(json), "r")).Code);
            Assert.Equal(FaultCode.MetadataFileMalformed, FaultOf(() => ImageDigests.ReadTags(Bytes(json), "r")).Code);
            Assert.Throws<FormatException>(() => ReleaseManifest.Create("v1.0.0", Bytes(json), Bytes("a: 1")));
            Assert.Throws<FormatException>(() => PluginContractReader.Read(Convert.ToBase64String(Bytes(json))));
        }
    }

    [Theory]
    [InlineData("a: &x [: *x\n<<: *x\n")]
    [InlineData("...\n-")]
    public void A_text_that_upsets_the_parser_leaves_one_document_or_plugin_out(string yaml)
    {
        Assert.Throws<FormatException>(() => ReleaseManifest.Create(
            "v1.0.0", Bytes("""{"version":"v1.0.0"}"""), Bytes(yaml)));
        Assert.Throws<FormatException>(() => PluginContractReader.Read(Convert.ToBase64String(Bytes(yaml))));
    }

    [Fact]
    public void A_contract_that_is_no_text_is_refused() => Assert.Throws<FormatException>(() =>
        PluginContractReader.Read(Convert.ToBase64String(
            [.. "{\"requirements\":{\"deckhouse\":{\"constraint\":\""u8, 0xff, 0xc0, .. "\"}}}"u8])));

    private static ReleaseMetadata Release(string json) => ReleaseMetadata.Read(
        new Dictionary<string, ReadOnlyMemory<byte>> { [ReleaseMetadata.FileName] = Bytes(json) }, "h/r:stable");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Fault FaultOf(Func<object> read) =>
        Assert.Single(Assert.Throws<MirrorException>(read).Faults);
}
