using System.Collections.Immutable;
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
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"errors\":[{\"code\":\"UNKNOWN\"}]}")]
    [InlineData("[]")]
    public async Task A_page_that_is_no_list_of_tags_is_a_fault(string body)
    {
        using ScriptedRegistry registry = new(_ => Answer.Status(200, body));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(1_000_000, false)]
    public async Task A_tag_is_not_longer_than_tags_are(int length, bool isTaken)
    {
        using ScriptedRegistry registry = new(_ => Answer.Tags(["a", new string('b', length)]));

        if (isTaken)
        {
            Assert.Equal(2, (await registry.Client.FindTagsAsync("m", Token))?.Length);
            return;
        }

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.UnexpectedAnswer, fault.Code);
        Assert.Contains($"{length} characters", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 0, 500);
    }

    [Fact]
    public async Task The_pages_of_a_list_are_bounded_together()
    {
        int page = 0;
        string padding = new(' ', 7 * 1024 * 1024);
        using ScriptedRegistry registry = new(_ => ++page == 10
            ? Answer.Status(200, """{"tags":[]}""")
            : Answer.Status(
                200, $"{{\"tags\":[\"t{page}\"]{padding}}}", ("Link", $"</v2/m/tags/list?last={page}>; rel=next")));

        Fault fault = await registry.FaultOfAsync(registry.Client.FindTagsAsync("m", Token));

        Assert.Equal(FaultCode.MetadataTooLarge, fault.Code);
        Assert.Equal((OciLimits.TagListBytes / padding.Length) + 1, registry.Seen.Count);
    }

    [Fact]
    public async Task A_list_is_left_off_when_the_run_is_cancelled()
    {
        using CancellationTokenSource source = new();
        int page = 0;
        using ScriptedRegistry registry = new(_ =>
        {
            if (page == 3)
            {
                source.Cancel();
            }

            return Answer.Tags([$"t{page}"], $"</v2/m/tags/list?last={page++}>; rel=next");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => registry.Client.FindTagsAsync("m", source.Token));

        Assert.Equal(4, registry.Seen.Count);
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
}
