using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Oci;

/// <summary>What a registry answers for a referrers tag is as untrusted as all it says.</summary>
public sealed class ReferrerTests
{
    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Theory]
    [InlineData("\"manifests\":[],\"manifests\":[]")]
    [InlineData("\"manifests\":[{\"digest\":\"a\",\"digest\":\"b\"}]")]
    [InlineData("\"manifests\":[],\"annotations\":{\"a\":\"\\ud800\"}")]
    [InlineData("\"manifests\":[],\"\\udc00\":1")]
    [InlineData("\"manifests\":{}")]
    [InlineData("\"manifests\":[]]")]
    public void An_index_that_cannot_be_extended_is_refused(string members)
    {
        Referrer referrer = new(Mirror.Engine.Digest.Parse(Digest), new JsonObject { ["digest"] = Digest });

        Assert.Throws<FormatException>(() => referrer.AddTo(Encoding.UTF8.GetBytes(
            $$"""{"mediaType":"{{MediaType.OciIndex}}",{{members}}}""")));
    }

    [Theory]
    [InlineData("\"subject\":{\"digest\":\"D\",\"digest\":\"D\"}")]
    [InlineData("\"subject\":{\"digest\":\"D\"},\"annotations\":{\"a\":\"\\ud800\"}")]
    [InlineData("\"subject\":5")]
    public void What_can_be_read_in_two_ways_refers_to_nobody(string members) => Assert.Null(Referrer.Find(
        Encoding.UTF8.GetBytes($"{{{members.Replace("D", Digest, StringComparison.Ordinal)}}}"),
        Mirror.Engine.Digest.Parse(Digest),
        MediaType.OciManifest));
}
