using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Xunit;

namespace Mirror.Engine.Tests.Registry;

public sealed class TagPagesTests
{
    private const string First = "https://registry.example/v2/m/tags/list?n=1000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("</v2/m/tags/list?last=b&n=2>; rel=\"next\"", "https://registry.example/v2/m/tags/list?last=b&n=2")]
    [InlineData("<list?last=b>; title=\"a, b\"; REL=next", "https://registry.example/v2/m/tags/list?last=b")]
    [InlineData("<http://inner:5000/v2/m/tags/list?last=b%2F>;rel=next",
        "https://registry.example/v2/m/tags/list?last=b%2F")]
    [InlineData("</v2/m/tags/list?n=1>; rel=\"prev\", </v2/m/tags/list?x=2>; rel=\"last next\"",
        "https://registry.example/v2/m/tags/list?x=2")]
    public async Task Links_to_the_next_page_are_followed_on_our_origin(string link, string next)
    {
        using ScriptedRegistry registry = new(request => request.Address.ToString() == First
            ? Answer.Tags(["b", "a", "B"], link)
            : Answer.Tags(["c", "a"]));

        ImmutableArray<string>? tags = await registry.Client.FindTagsAsync("m", Token);

        Assert.Equal(["B", "a", "b", "c"], tags ?? []);
        Assert.Equal([First, next], registry.Seen.Select(request => request.Address.AbsoluteUri));
    }

    [Theory]
    [InlineData("{\"name\":\"m\",\"tags\":null}")]
    [InlineData("{\"name\":\"m\"}")]
    [InlineData("{\"tags\":[]}")]
    public async Task A_repository_without_tags_is_an_empty_list(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, body));

        ImmutableArray<string>? tags = await registry.Client.FindTagsAsync("m", Token);

        Assert.True(tags is { IsDefault: false, IsEmpty: true });
    }

    [Fact]
    public async Task An_unknown_repository_has_no_list()
    {
        using ScriptedRegistry registry = new(_ => Answer.Error(404, "NAME_UNKNOWN"));

        Assert.Null(await registry.Client.FindTagsAsync("m", Token));
    }

    [Theory]
    [InlineData(403, FaultCode.Forbidden)]
    [InlineData(405, FaultCode.UnexpectedAnswer)]
    [InlineData(501, FaultCode.UnexpectedAnswer)]
    public async Task A_list_that_is_refused_is_a_fault(int status, string code)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(status));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(code, fault.Code);
        Assert.Contains("the list of tags of m", fault.Message, StringComparison.Ordinal);
        Assert.Single(registry.Seen);
    }

    [Theory]
    [InlineData("<html>welcome</html>")]
    [InlineData("{\"tags\":[1]}")]
    [InlineData("[]")]
    public async Task A_page_that_is_no_list_of_tags_is_a_fault(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, body));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Theory]
    [InlineData("</v2/other/tags/list?last=%41%7E>; rel=next")]
    [InlineData("<https://inner:5000/?last=%41%7E#x>; rel=next")]
    public async Task The_query_of_a_link_counts_byte_for_byte_and_the_path_stays(string link)
    {
        using ScriptedRegistry registry = new(request => request.Address.OriginalString == First
            ? Answer.Tags(["a"], link)
            : Answer.Tags(["b"]));

        Assert.Equal(["a", "b"], await registry.Client.FindTagsAsync("m", Token) ?? []);
        Assert.Equal(
            "https://registry.example/v2/m/tags/list?last=%41%7E", registry.Seen[^1].Address.OriginalString);
    }

    [Theory]
    [InlineData("</v2/m/tags/list/page/2>; rel=next")]
    [InlineData("</v2/m/tags/list?>; rel=next")]
    [InlineData("</v2/m/tags/list?last=a b>; rel=next")]
    public async Task A_link_without_a_usable_query_is_a_fault_rather_than_a_short_list(string link)
    {
        using ScriptedRegistry registry = new(_ => Answer.Tags(["a"], link));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Fact]
    public async Task A_list_that_ends_in_404_is_a_fault_rather_than_a_short_list()
    {
        using ScriptedRegistry registry = ScriptedRegistry.InTurn(
            () => Answer.Tags(["a"], "</v2/m/tags/list?last=a>; rel=next"), () => Answer.Status(404));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Fact]
    public async Task A_link_in_a_circle_ends_the_list()
    {
        using ScriptedRegistry registry = new(_ => Answer.Tags(["a"], "</v2/m/tags/list?last=a>; rel=next"));

        Assert.Equal(["a"], await registry.Client.FindTagsAsync("m", Token) ?? []);
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task Pages_without_end_are_cut_with_a_fault()
    {
        int page = 0;
        using ScriptedRegistry registry = new(_ => Answer.Tags(
            ["a"], $"</v2/m/tags/list?last={page++}>; rel=next"));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.MetadataTooLarge, fault.Code);
        Assert.Equal(OciLimits.TagPages, registry.Seen.Count);
    }

    [Fact]
    public async Task A_full_page_without_link_is_followed_by_one_probe()
    {
        string[] full = [.. Enumerable.Range(0, 1000).Select(index => $"t{index:0000}")];
        using ScriptedRegistry registry = new(request => request.Address.Query.Contains(
            "last=t0999", StringComparison.Ordinal) ? Answer.Tags(["t1000"]) : Answer.Tags(full));

        ImmutableArray<string>? tags = await registry.Client.FindTagsAsync("m", Token);

        Assert.Equal(1001, tags?.Length);
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_registry_that_ignores_the_probe_does_not_loop()
    {
        string[] full = [.. Enumerable.Range(0, 1000).Select(index => $"t{index:0000}")];
        using ScriptedRegistry registry = new(_ => Answer.Tags(full));

        Assert.Equal(1000, (await registry.Client.FindTagsAsync("m", Token))?.Length);
        Assert.Equal(2, registry.Seen.Count);
    }
}
