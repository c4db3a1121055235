using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData(">=1.2.0 <1.5.0", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData(">= 1.2.0,<1.5.0", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData(">=1.2.0 , <1.5.0", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData("~1.2||~1.4", "1.2.7 1.4.0", "1.3.0")]
    [InlineData("\t~1.2 ||\n~1.4 ", "1.2.7 1.4.0", "1.3.0")]
    [InlineData("1.2 - 1.4", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData("1.2.0 - 1.4.0 !=1.3.0", "1.2.0 1.4.0", "1.3.0 1.4.1")]
    [InlineData("v1.2.0  -  v1.4.0", "1.2.0 1.4.0", "1.4.1")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("1.X.3", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("=1", "1.0.0 1.9.0", "2.0.0 0.9.0")]
    [InlineData("!=1.2", "1.1.0 1.3.0", "1.2.0 1.2.9")]
    [InlineData(">1.2.3", "1.2.4", "1.2.3")]
    [InlineData(">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9 1.1.0")]
    [InlineData("<1.2", "1.1.9", "1.2.0 1.2.5")]
    [InlineData("<=1", "0.1.0 1.9.9", "2.0.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0")]
    [InlineData("~0.0", "0.0.9", "0.1.0")]
    [InlineData("~0.0.0", "0.0.0 5.0.0", "")]
    [InlineData("^0.0.3", "0.0.3", "0.0.2 0.0.4 0.1.3")]
    [InlineData("^0.0", "0.0.0 0.0.9", "0.1.0")]
    [InlineData("^0.x", "0.0.0 0.9.0", "1.0.0")]
    [InlineData("^1", "1.0.0 1.9.0", "2.0.0 0.9.0")]
    public void A_range_accepts_what_its_operators_say(string range, string accepted, string refused)
    {
        Assert.All(Words(accepted), version => Assert.True(Accepts(range, version), version));
        Assert.All(Words(refused), version => Assert.False(Accepts(range, version), version));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("=x", true)]
    [InlineData("~*", true)]
    [InlineData("^X", true)]
    [InlineData(">=*", true)]
    [InlineData("<=x", true)]
    [InlineData(">*", false)]
    [InlineData("<*", false)]
    [InlineData("!=*", false)]
    public void A_lone_wildcard_stands_for_every_version(string range, bool accepted) => Assert.All(
        ["0.0.1", "0.4.0", "7.8.9"],
        version => Assert.Equal(accepted, Accepts(range, version)));

    [Theory]
    [InlineData(">=1.2.0", "1.3.0-rc.1", false)]
    [InlineData("!=1.2.0", "1.3.0-rc.1", false)]
    [InlineData(">=1.2.0-0", "1.3.0-rc.1", true)]
    [InlineData(">=1.2.0 <1.4.0-0", "1.3.0-rc.1", true)]
    [InlineData(">=1.2.0 <1.4.0-0", "1.2.0-rc.1", false)]
    [InlineData(">=1.2.0 || =9.9.9-rc.1", "1.3.0-rc.1", false)]
    [InlineData("^1.2.0-rc.1", "1.2.0-rc.2", true)]
    [InlineData("^1.2.0-rc.2", "1.2.0-rc.1", false)]
    [InlineData("^1.2.0-rc.1", "2.0.0-rc.1", false)]
    public void A_pre_release_is_accepted_only_by_a_group_that_names_one(string range, string version, bool accepted) =>
        Assert.Equal(accepted, Accepts(range, version));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("||")]
    [InlineData(">=1.2.0 ||")]
    [InlineData("|| >=1.2.0")]
    [InlineData(">=1.2.0 | <2")]
    [InlineData(">=1.2.0,")]
    [InlineData(",>=1.2.0")]
    [InlineData(">=1.2.0,,<2.0.0")]
    [InlineData(">=1.2.0<2.0.0")]
    [InlineData(">= <2.0.0")]
    [InlineData("~=1.2.0")]
    [InlineData("^1.2 - 1.4")]
    [InlineData("1.2 - >1.4")]
    [InlineData("1.2 -")]
    [InlineData("1.2 - ")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.x")]
    [InlineData("1.2a")]
    [InlineData("1..2")]
    [InlineData("xx")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3;")]
    public void A_malformed_range_is_refused(string range) =>
        Assert.False(VersionRangeParser.TryParse(range, out _));

    [Theory]
    [InlineData("<=1.68.0 >=1.64.0", "1.64.0")]
    [InlineData("<2 >1.5-rc.1", "1.5.0-rc.1")]
    [InlineData("~1.3 || ~0.9", "0.9.0")]
    [InlineData(">=1.2 <=*", "1.2.0")]
    [InlineData("*", "0.0.0")]
    public void The_lower_bound_is_the_smallest_version_named(string range, string bound) =>
        Assert.Equal(bound, Range(range).LowerBound.ToString());

    [Theory]
    [InlineData(">=1.2.0 <=1.4", "1.2.0 1.4.0")]
    [InlineData("=>1.2.0 =<1.4.0 || ^2.0.0", "1.2.0 1.4.0")]
    [InlineData(">=1.x <=1.4.0", "1.4.0")]
    [InlineData(">1.2.0 <1.4.0 !=1.3.0", "")]
    public void Only_versions_named_inclusively_are_anchors(string range, string anchors) =>
        Assert.Equal(anchors, string.Join(' ', Range(range).Anchors));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static VersionRange Range(string text)
    {
        Assert.True(VersionRangeParser.TryParse(text, out VersionRange? range));
        return range;
    }

    private static bool Accepts(string range, string text)
    {
        Assert.True(SemanticVersion.TryParse(text, out SemanticVersion? version));
        return Range(range).Accepts(version);
    }
}
