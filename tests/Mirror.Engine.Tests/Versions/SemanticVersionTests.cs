using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("v1", "v1.0.0")]
    [InlineData("1-rc.1", "v1.0.0-rc.1")]
    [InlineData("1.2-rc.1+b5", "v1.2.0-rc.1+b5")]
    [InlineData("1.2.3-x-01a.y", "v1.2.3-x-01a.y")]
    [InlineData("18446744073709551615.0.0", "v18446744073709551615.0.0")]
    public void Missing_parts_are_filled_with_zeros(string text, string tag) =>
        Assert.Equal(tag, Version(text).ToTag());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("vv1")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.")]
    [InlineData("-1.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-é")]
    [InlineData("18446744073709551616.0.0")]
    public void Anything_else_is_no_version(string? text) => Assert.False(SemanticVersion.TryParse(text, out _));

    [Fact]
    public void A_text_longer_than_any_tag_is_no_version()
    {
        string longest = "1.2.3-" + new string('a', SemanticVersion.MaxLength - 6);
        Assert.True(SemanticVersion.TryParse(longest, out _));
        Assert.False(SemanticVersion.TryParse(longest + "a", out _));
    }

    [Fact]
    public void Versions_order_as_semver_says()
    {
        string[] ascending =
        [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.1", "1.9.0", "1.10.0", "2.0.0",
        ];
        Assert.Equal(ascending, ascending.Reverse().OrderBy(Version).ToArray());
        Assert.True(Version("1.9.0") < Version("1.10.0"));
        Assert.True(Version("1.10.0") >= Version("1.10.0"));
    }

    [Fact]
    public void Metadata_and_spelling_do_not_tell_versions_apart()
    {
        Assert.Equal(Version("v1.2"), Version("1.2.0+b5"));
        Assert.Equal(Version("v1.2").GetHashCode(), Version("1.2.0+b5").GetHashCode());
        Assert.NotEqual(Version("1.2.0"), Version("1.2.0-rc.1"));
    }

    private static SemanticVersion Version(string text)
    {
        Assert.True(SemanticVersion.TryParse(text, out SemanticVersion? version));
        return version;
    }
}
