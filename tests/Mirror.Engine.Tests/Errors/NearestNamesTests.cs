using Mirror.Engine.Errors;
using Xunit;

namespace Mirror.Engine.Tests.Errors;

public sealed class NearestNamesTests
{
    private static readonly string[] _modules =
        ["console", "neuvector", "prometheus", "sds-local-volume", "sds-node-configurator", "stronghold"];

    [Theory]
    [InlineData("konsole", "console")]
    [InlineData("CONSOL", "console")]
    [InlineData("cnosole", "console")]
    [InlineData("promtheuss", "prometheus")]
    [InlineData("sds-local-volum", "sds-local-volume")]
    [InlineData("console", "")]
    [InlineData("redis", "")]
    [InlineData("", "")]
    public void A_name_of_a_few_wrong_letters_is_found(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', NearestNames.Find(name, _modules)));

    [Theory]
    [InlineData("ab", "ac")]
    [InlineData("ab", "ba")]
    [InlineData("abcdef", "abcdfe")]
    [InlineData("v1.69.44", "v1.69.4")]
    public void Short_names_may_differ_by_one_mistake(string name, string near) =>
        Assert.Equal([near], NearestNames.Find(name, [near]));

    [Theory]
    [InlineData("ab", "xy")]
    [InlineData("abc", "xyc")]
    [InlineData("rock-solid", "stable")]
    public void Names_that_share_little_are_not_near(string name, string far) =>
        Assert.Empty(NearestNames.Find(name, [far]));

    [Fact]
    public void The_nearest_come_first_and_at_most_three() => Assert.Equal(
        ["v1.69.14", "v1.69.34", "v1.69.4"],
        NearestNames.Find("v1.69.44", ["v1.69.4", "v1.69.34", "v1.69.14", "v1.69.54", "v1.68.14", "v2.0.0"]));

    [Fact]
    public void A_common_beginning_makes_no_name_nearer()
    {
        string[] known = ["D8MirrorForce"];

        Assert.Equal(["D8MirrorForce"], NearestNames.Find("D8MirrorFoo", known));
        Assert.Empty(NearestNames.Find("D8MirrorFoo", known, "D8Mirror"));
    }

    [Fact]
    public void The_question_names_them_all()
    {
        Assert.Equal("", NearestNames.Ask("redis", _modules));
        Assert.Equal("Did you mean 'console'? ", NearestNames.Ask("konsole", _modules));
        Assert.Equal("Did you mean 'a1', 'a2' or 'a3'? ", NearestNames.Ask("a", ["a3", "a1", "a2", "a4"]));
    }

    [Fact]
    public void A_long_list_is_cut()
    {
        Assert.Equal("'a', 'b'", NearestNames.List(["a", "b"]));
        Assert.Equal(
            "'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8' and 2 more",
            NearestNames.List([.. Enumerable.Range(1, 10).Select(number => $"n{number}")]));
    }

    [Fact]
    public void Names_of_any_length_are_compared_in_no_time() =>
        Assert.Empty(NearestNames.Find(new string('a', 100_000), [new string('a', 99_999)]));
}
