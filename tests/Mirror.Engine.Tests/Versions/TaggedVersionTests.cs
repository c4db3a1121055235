using Mirror.Engine.Versions;
using Xunit;

namespace Mirror.Engine.Tests.Versions;

public sealed class TaggedVersionTests
{
    [Fact]
    public void Tags_keep_the_spelling_of_the_registry_and_come_ascending() => Assert.Equal(
        ["1.2", "v1.3.0-rc.1", "v1.3", "v1.10.0"],
        Tags("v1.10.0", "stable", "v1.3", "1.2", "v1.3.0-rc.1", "V9.9.9"));

    [Theory]
    [InlineData("1.2", "v1.2.0", "v1.2.0")]
    [InlineData("v1.2.0", "1.2.0", "v1.2.0")]
    [InlineData("v1.2", "1.2", "1.2")]
    [InlineData("1.2", "v1.2", "1.2")]
    public void Of_two_spellings_the_conventional_or_else_the_first_in_order_stays(
        string first,
        string second,
        string kept) => Assert.Equal([kept], Tags(first, second));

    private static IEnumerable<string> Tags(params string[] tags) =>
        TaggedVersion.AmongTags(tags).Select(tagged => tagged.Tag);
}
