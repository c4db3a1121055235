using System.Collections.Immutable;
using Mirror.Engine.Registry.Login;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class ChallengeParserTests
{
    [Theory]
    [InlineData("Basic realm=\"x\"", "basic realm=x")]
    [InlineData("BASIC Realm = plain", "basic realm=plain")]
    [InlineData("Negotiate", "negotiate")]
    [InlineData("Negotiate, Basic realm=\"a, b\"", "negotiate|basic realm=a, b")]
    [InlineData("Bearer realm=\"https://h/t\",service=\"s\",scope=\"repository:a/b:pull,push\"",
        "bearer realm=https://h/t scope=repository:a/b:pull,push service=s")]
    [InlineData("Basic realm=\"q\\\"uo\\\\te\" , Bearer realm=u", "basic realm=q\"uo\\te|bearer realm=u")]
    [InlineData("Bearer realm=first,realm=second", "bearer realm=first")]
    [InlineData("Bearer realm=\"unclosed", "bearer realm=unclosed")]
    [InlineData("realm=x", "")]
    [InlineData(",, ,", "")]
    [InlineData("\"", "")]
    [InlineData("Bearer =x", "")]
    [InlineData("", "")]
    public void Challenges_are_read_as_far_as_they_can_be(string header, string expected) =>
        Assert.Equal(expected, Describe(ChallengeParser.Parse([header])));

    [Fact]
    public void Several_headers_give_several_challenges_and_absurd_ones_none() => Assert.Equal(
        "basic|bearer realm=x",
        Describe(ChallengeParser.Parse(["Basic", new string('a', 20_000), "Bearer realm=x"])));

    private static string Describe(ImmutableArray<Challenge> challenges) => string.Join('|', challenges.Select(
        challenge => string.Join(' ', challenge.Parameters
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}")
            .Prepend(challenge.Scheme))));
}
