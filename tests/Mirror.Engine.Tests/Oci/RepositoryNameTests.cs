using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Oci;

public sealed class RepositoryNameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("deckhouse/ee/modules/sds-local-volume", true)]
    [InlineData("a__b/c.d/e--f", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("A", false)]
    [InlineData("a..b", false)]
    [InlineData("a___b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("../a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void Repository_names_follow_the_grammar_of_the_specification(string name, bool isValid) =>
        Assert.Equal(isValid, RepositoryName.IsValid(name));

    [Fact]
    public void A_repository_name_has_at_most_255_characters()
    {
        Assert.True(RepositoryName.IsValid(new string('a', 255)));
        Assert.False(RepositoryName.IsValid(new string('a', 256)));
    }

    [Theory]
    [InlineData("v1.69.0", true)]
    [InlineData("_x", true)]
    [InlineData("bobV1", true)]
    [InlineData("", false)]
    [InlineData(".x", false)]
    [InlineData("-x", false)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("v1+2", false)]
    [InlineData("v1\n", false)]
    public void Tags_follow_the_grammar_of_the_specification(string tag, bool isValid) =>
        Assert.Equal(isValid, RepositoryName.IsValidTag(tag));

    [Fact]
    public void A_tag_has_at_most_128_characters()
    {
        Assert.True(RepositoryName.IsValidTag(new string('a', 128)));
        Assert.False(RepositoryName.IsValidTag(new string('a', 129)));
    }

    [Fact]
    public void Joining_leaves_empty_parts_out() =>
        Assert.Equal("a/b/c", RepositoryName.Join("", "a/b", "", "c"));
}
