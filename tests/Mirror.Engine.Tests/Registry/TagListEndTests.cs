using System.Collections.Immutable;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

/// <summary>A list of tags ends where the registry has nothing new behind its last tag.</summary>
public sealed class TagListEndTests
{
    private static readonly string[] All = [.. Enumerable.Range(0, 25).Select(index => $"t{index:00}")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Pages_that_are_shorter_than_asked_and_name_no_next_one_are_noticed(int length)
    {
        using ScriptedRegistry registry = Paged(All, length);

        ImmutableArray<string>? tags = await registry.Client.FindTagsAsync("m", Token);

        Assert.Equal(All, tags ?? []);
        Assert.Equal((All.Length + length - 1) / length + 1, registry.Seen.Count);
    }

    [Fact]
    public async Task The_last_of_linked_pages_is_asked_for_what_follows_as_well()
    {
        using ScriptedRegistry registry = new(
            request => request.Address.Query switch
            {
                "?n=1000" => Answer.Tags(["a", "b"], "</v2/m/tags/list?x=2>; rel=next"),
                "?x=2" => Answer.Tags(["c"]),
                "?n=1000&last=c" => Answer.Tags(["d"]),
                _ => Answer.Tags([]),
            })
        { SeesEndOfLists = true };

        Assert.Equal(["a", "b", "c", "d"], await registry.Client.FindTagsAsync("m", Token) ?? []);
    }

    [Fact]
    public async Task A_link_in_a_circle_does_not_hide_what_follows()
    {
        using ScriptedRegistry registry = new(
            request => request.Address.Query.Contains("last=b", StringComparison.Ordinal)
                ? Answer.Tags(["c"])
                : Answer.Tags(["a", "b"], "</v2/m/tags/list?n=1000>; rel=next"))
        { SeesEndOfLists = true };

        Assert.Equal(["a", "b", "c"], await registry.Client.FindTagsAsync("m", Token) ?? []);
    }

    [Theory]
    [InlineData("{\"tags\":[]}")]
    [InlineData("{\"name\":\"m\",\"tags\":null}")]
    public async Task An_empty_list_is_not_asked_for_more(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, body)) { SeesEndOfLists = true };

        Assert.Empty(await registry.Client.FindTagsAsync("m", Token) ?? ["none"]);
        Assert.Single(registry.Seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_registry_that_does_not_know_the_question_gives_the_same_page_and_ends_the_list(int length)
    {
        string[] page = [.. Enumerable.Range(0, length).Select(index => $"t{index:0000}")];
        using ScriptedRegistry registry = new(_ => Answer.Tags(page)) { SeesEndOfLists = true };

        Assert.Equal(length, (await registry.Client.FindTagsAsync("m", Token))?.Length);
        Assert.Equal(2, registry.Seen.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(416)]
    [InlineData(501)]
    public async Task A_registry_that_refuses_the_question_ends_the_list(int status)
    {
        using ScriptedRegistry registry = Refusing(status);

        Assert.Equal(["a"], await registry.Clock.DriveAsync(registry.Client.FindTagsAsync("m", Token)) ?? []);
    }

    [Theory]
    [InlineData(429, FaultCode.TooManyRequests)]
    [InlineData(500, FaultCode.ServerError)]
    [InlineData(503, FaultCode.ServerError)]
    public async Task A_registry_that_fails_at_the_question_leaves_the_end_open_which_is_a_fault(
        int status, string code)
    {
        using ScriptedRegistry registry = Refusing(status);

        Assert.Equal(code, (await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token))).Code);
    }

    [Fact]
    public async Task A_list_that_only_saves_work_is_not_asked_for_its_end()
    {
        using ScriptedRegistry registry = Paged(All, 25);

        Assert.Equal(All, await registry.Client.ProbeTagsAsync("m", Token) ?? []);
        Assert.Single(registry.Seen);
    }

    private static ScriptedRegistry Refusing(int status) => new(
        request => EndOfList.IsAsked(request.Address.AbsoluteUri) ? Answer.Status(status) : Answer.Tags(["a"]))
    { SeesEndOfLists = true };

    /// <summary>A registry with a page length of its own, which no link tells of.</summary>
    private static ScriptedRegistry Paged(string[] all, int length) => new(request =>
    {
        string last = System.Web.HttpUtility.ParseQueryString(request.Address.Query)["last"] ?? "";
        return Answer.Tags([.. all.Where(tag => string.CompareOrdinal(tag, last) > 0).Take(length)]);
    })
    { SeesEndOfLists = true };
}
