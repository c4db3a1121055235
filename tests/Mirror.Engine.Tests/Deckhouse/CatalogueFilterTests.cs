using Mirror.Engine.Deckhouse.Catalogue;
using Xunit;

namespace Mirror.Engine.Tests.Deckhouse;

public sealed class CatalogueFilterTests
{
    [Fact]
    public void Without_rules_everything_is_wanted()
    {
        CatalogueFilter filter = new([], []);

        Assert.True(filter.Wants("console"));
        Assert.Empty(filter.Named);
        Assert.Empty(filter.Constraints("console"));
        Assert.False(filter.Excludes("console", "v1.0.0"));
    }

    [Fact]
    public void Includes_want_only_what_they_name()
    {
        CatalogueFilter filter = new([new ComponentRule("console")], [new ComponentRule("console")]);

        Assert.True(filter.Wants("console"));
        Assert.False(filter.Wants("other"));
        Assert.False(filter.Excludes("console", "v1.0.0"));
    }

    [Fact]
    public void Constraints_of_one_name_come_together_and_a_bare_name_adds_none()
    {
        CatalogueFilter filter = new(
            [Rule("a", "^1.0.0"), new ComponentRule("a"), Rule("b", "=x"), Rule("a", "=v2.0.0")], []);

        Assert.Equal(["a", "b"], filter.Named);
        Assert.Equal(["^1.0.0", "=v2.0.0"], filter.Constraints("a").Select(constraint => $"{constraint}"));
    }

    [Fact]
    public void An_exclude_without_version_leaves_the_item_out()
    {
        CatalogueFilter filter = new([], [new ComponentRule("a"), Rule("b", "^1.0.0")]);

        Assert.False(filter.Wants("a"));
        Assert.True(filter.Wants("b"));
        Assert.True(filter.Wants("c"));
    }

    [Theory]
    [InlineData("^1.0.0", "v1.5.0", true)]
    [InlineData("^1.0.0", "v2.0.0", false)]
    [InlineData("^1.0.0", "bobV1", false)]
    [InlineData("=bobV1", "bobV1", true)]
    [InlineData("=v1.0.0", "1.0.0", false)]
    [InlineData("1.5.0", "v1.5.0", true)]
    [InlineData("1.5.0", "v1.6.0", false)]
    public void An_exclude_with_a_version_leaves_only_versions_out(string constraint, string tag, bool isExcluded)
    {
        CatalogueFilter filter = new([], [Rule("a", constraint)]);

        Assert.Equal(isExcluded, filter.Excludes("a", tag));
        Assert.False(filter.Excludes("b", tag));
    }

    private static ComponentRule Rule(string name, string constraint) => new(name, VersionConstraint.Parse(constraint));
}
