using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Oci;

public sealed class EmbeddedContentTests
{
    private static readonly byte[] Content = [.. "{\"only\":\"embedded\"}"u8];

    [Theory]
    [InlineData("\"config\":{0}")]
    [InlineData("\"layers\":[{0}]")]
    [InlineData("\"blobs\":[{0}]")]
    [InlineData("\"manifests\":[{0}]")]
    public void It_is_taken_wherever_a_descriptor_has_it(string member)
    {
        (Digest digest, byte[] content) = Assert.Single(Find(member, Descriptor(Content, Content.Length)));

        Assert.Equal(Digest.OfSha256(Content), digest);
        Assert.Equal(Content, content);
    }

    [Fact]
    public void What_has_another_digest_is_not_taken() => Assert.Empty(Find(
        "\"config\":{0}", Descriptor([.. Content[..^1], (byte)' '], Content.Length)));

    [Fact]
    public void What_has_another_size_is_not_taken() =>
        Assert.Empty(Find("\"config\":{0}", Descriptor(Content, Content.Length + 1)));

    [Theory]
    [InlineData("\"data\":\"%%%\"")]
    [InlineData("\"data\":5")]
    [InlineData("\"data\":null")]
    [InlineData("\"other\":\"data\"")]
    public void What_is_no_content_is_not_taken(string data) => Assert.Empty(Find(
        "\"config\":{0}",
        $$"""{"digest":"{{Digest.OfSha256(Content)}}","size":{{Content.Length}},{{data}}}"""));

    private static ImmutableArray<(Digest Digest, byte[] Content)> Find(string member, string descriptor) =>
        EmbeddedContent.Extract(Encoding.UTF8.GetBytes(
            $"{{{member.Replace("{0}", descriptor, StringComparison.Ordinal)}}}"));

    private static string Descriptor(byte[] content, int size) =>
        $$"""{"digest":"{{Digest.OfSha256(Content)}}","size":{{size}},"data":"{{Convert.ToBase64String(content)}}"}""";
}
