using Mirror.Engine.Tests.Registry.Wire;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>Locations that are no addresses, or odd ones, as the real transport hands them over.</summary>
public sealed class OddLocationTests
{
    private const string Tags = "200 | text {\"tags\":[\"a\"]}";
    private const string Refused = "D8M2015";
    private const string Followed = "a";

    /// <summary>The location, and what a redirect of a request for tags comes to.</summary>
    public static TheoryData<string, string> Locations => new()
    {
        { "", Refused },
        { "//", Refused },
        { "///", Refused },
        { "////x", Refused },
        { "//[", Refused },
        { "//:80", Refused },
        { "//a:99999", Refused },
        { "//a:-1/", Refused },
        { "//a:port/", Refused },
        { "http://", Refused },
        { "http:///", Refused },
        { "http:///x", Refused },
        { "http://[::1", Refused },
        { "http://[::1]:99999/", Refused },
        { "http://a:b:c/", Refused },
        { "http://%zz/", Refused },
        { "http://a%41b/", Refused },
        { "http://a b/", Refused },
        { "http://a..b/", Refused },
        { "http://\u043f\u0440\u0438\u043c\u0435\u0440/", Refused },
        { "http://xn--\u00e4/", Refused },
        { "http://user:secret@{self}/x", Refused },
        { "http://{self}@{other}/x", Refused },
        { "http:{self}/x", Refused },
        { "http:/x", Refused },
        { "HTTP://{self}/x", Followed },
        { "\\\\{self}\\x", Refused },
        { "/\\{other}/x", Refused },
        { "http://{self}\\@{other}/x", Refused },
        { "javascript:alert(1)", Refused },
        { "file:///etc/passwd", Refused },
        { "data:,x", Refused },
        { "about:blank", Refused },
        { "gopher://{self}/x", Refused },
        { "#", Refused },
        { "#top", Refused },
        { "?", Followed },
        { "?x=1", Followed },
        { "x", Followed },
        { "../../../../../x", Followed },
        { "/%zz", Followed },
        { "/a b", Refused },
        { "/a\tb", Refused },
        { "/a\u00a0b", Refused },
        { "/a\u0001b", Refused },
        { "/a\u0000b", Refused },
        { "/a\u007fb", Refused },
        { "/\u043f\u0443\u0442\u044c?\u044f", Followed },
        { "/{}[]^`|\"<>", Followed },
        { "http://{self}", Followed },
        { "http://{self}?x", Followed },
    };

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task A_redirect_to_it_is_followed_or_refused_with_a_code(string location, string expected)
    {
        await using WireRun run = new(new WireRow
        {
            Id = location,
            Ask = "tags",
            Self = [$"307 | Location: {location}", Tags],
            Expect = expected,
            OtherAsked = [],
        });
        await run.CheckAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task An_upload_goes_on_there_or_is_refused_with_a_code(string location, string expected)
    {
        await using WireRun run = new(new WireRow
        {
            Id = location,
            Ask = "check-write",
            Self = [$"202 | Location: {location}", "204"],
            Expect = expected == Followed ? "done" : "D8M2011",
            OtherAsked = [],
        });
        await run.CheckAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_very_long_location_is_refused_or_followed()
    {
        await using WireRun run = new(new WireRow
        {
            Id = "long",
            Ask = "tags",
            Self = [$"307 | Location: /{new string('a', 40_000)}", Tags],
            Expect = Refused,
        });
        await run.CheckAsync(TestContext.Current.CancellationToken);
    }
}
