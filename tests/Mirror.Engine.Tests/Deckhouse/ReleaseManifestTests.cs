using System.Text;
using System.Text.Json.Nodes;
using Mirror.Engine.Deckhouse.Source;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class ReleaseManifestTests
{
    [Fact]
    public void Requirements_disruptions_and_changelog_are_those_of_the_release()
    {
        JsonNode spec = Of(
            "v1.69.4",
            """{"version":"v1.69.4","requirements":{"k8s":"1.27"},"disruptions":{"1.69":["a","b"],"1.70":["c"]}}""",
            "candi: {fixes: [{summary: 'x', n: 1}]}")["spec"]!;

        Assert.Equal("""{"k8s":"1.27"}""", spec["requirements"]!.ToJsonString());
        Assert.Equal("""["a","b"]""", spec["disruptions"]!.ToJsonString());
        Assert.Equal("""{"candi":{"fixes":[{"summary":"x","n":1}]}}""", spec["changelog"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"requirements":{},"disruptions":{"1.69":[]}}""", "")]
    [InlineData("""{"requirements":null,"disruptions":null}""", "# nothing\n")]
    [InlineData("""{"disruptions":{"1.69":null}}""", "~")]
    public void Empty_requirements_and_disruptions_are_left_out_and_an_empty_changelog_is_none(
        string version, string changelog) => Assert.Equal(
        """{"changelog":{},"changelogLink":"LINK","version":"v1.69.4"}""".Replace(
            "LINK", "https://github.com/deckhouse/deckhouse/releases/tag/v1.69.4", StringComparison.Ordinal),
        Of("v1.69.4", version, changelog)["spec"]!.ToJsonString());

    [Theory]
    [InlineData("pr12345", "{}", "{}", "the tag is not a version.")]
    [InlineData("v1.69.4", "", "{}", "its version.json cannot be read: ")]
    [InlineData("v1.69.4", "[]", "{}", "its version.json cannot be read: ")]
    [InlineData("v1.69.4", """{"requirements":{"k8s":1.27}}""", "{}", "its version.json cannot be read: ")]
    [InlineData("v1.69.4", """{"disruptions":{"1.69":"x"}}""", "{}", "its version.json cannot be read: ")]
    [InlineData("v1.69.4", """{"disruptions":["1.69"]}""", "{}", "its version.json cannot be read: ")]
    [InlineData("v1.69.4", "{}", "a: [", "its changelog.yaml cannot be read: ")]
    [InlineData("v1.69.4", "{}", "- a\n- b\n", "its changelog.yaml cannot be read: it is not a map.")]
    public void What_cannot_be_used_is_named(string tag, string version, string changelog, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<FormatException>(() => Of(tag, version, changelog)).Message,
            StringComparison.Ordinal);

    private static JsonObject Of(string tag, string version, string changelog) =>
        ReleaseManifest.Create(tag, Encoding.UTF8.GetBytes(version), Encoding.UTF8.GetBytes(changelog));
}
