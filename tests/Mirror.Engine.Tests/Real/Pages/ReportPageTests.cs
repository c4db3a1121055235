using System.Text;
using System.Text.Json.Nodes;
using Mirror.TestKit.Browser;
using Xunit;

namespace Mirror.Engine.Tests.Real.Pages;

/// <summary>The pages of a report as a real browser shows and prints them.</summary>
/// <param name="pages">The pages.</param>
public sealed class ReportPageTests(ReportPages pages) : IClassFixture<ReportPages>
{
    private const int Desk = 1280;

    public static TheoryData<string> Names => [.. ReportPages.Names];

    public static TheoryData<string, int> NamesAndWidths =>
        [.. from name in ReportPages.Names from width in (int[])[390, 768, Desk] select (name, width)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(NamesAndWidths))]
    public async Task Nothing_is_wider_than_the_screen_or_runs_out_of_its_place(string name, int width)
    {
        BrowserPage page = await pages.OpenAsync(name, width);
        await ReportPages.UnfoldAsync(page, true);

        JsonNode found = await page.EvaluateAsync(PageScripts.Overflow, Cancellation);

        Assert.Equal("[]", found.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(NamesAndWidths))]
    public async Task A_word_is_broken_only_where_a_line_has_no_room_for_it(string name, int width)
    {
        BrowserPage page = await pages.OpenAsync(name, width);

        JsonNode found = await page.EvaluateAsync(PageScripts.BrokenWords, Cancellation);

        Assert.Equal("[]", found.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_asks_for_nothing_but_itself(string name)
    {
        BrowserPage page = await pages.OpenAsync(name, Desk);

        string address = Assert.Single(page.Requests);

        Assert.EndsWith($"/{name}.html", address, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_text_stands_out_from_its_ground_in_the_light_and_in_the_dark(string name)
    {
        BrowserPage page = await pages.OpenAsync(name, Desk);
        await ReportPages.UnfoldAsync(page, true);
        JsonNode light = await page.EvaluateAsync(PageScripts.Contrast, Cancellation);
        double lightGround = await GroundAsync(page);

        await page.ShowAsAsync("screen", "dark", Cancellation);
        JsonNode dark = await page.EvaluateAsync(PageScripts.Contrast, Cancellation);
        double darkGround = await GroundAsync(page);

        Assert.Equal("[]", light.ToJsonString());
        Assert.Equal("[]", dark.ToJsonString());
        Assert.True(lightGround > 0.8, $"the light ground is {lightGround}");
        Assert.True(darkGround < 0.05, $"the dark ground is {darkGround}");
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("pull")]
    [InlineData("push")]
    [InlineData("verify")]
    public async Task Every_image_is_printed_with_its_whole_digest(string name)
    {
        BrowserPage page = await pages.OpenAsync(name, Desk);
        JsonNode shown = await page.EvaluateAsync(PageScripts.ShownDigests, Cancellation);

        await page.ShowAsAsync("print", "light", Cancellation);
        JsonNode printed = await page.EvaluateAsync(PageScripts.ShownDigests, Cancellation);

        int all = (await page.EvaluateAsync("document.querySelectorAll('details code').length", Cancellation))
            .GetValue<int>();
        Assert.True(all > 50, $"the page has {all} digests");
        Assert.Equal(0, shown.GetValue<int>());
        Assert.Equal(all, printed.GetValue<int>());
    }

    [Fact]
    public async Task A_page_has_as_many_sheets_of_paper_folded_up_as_unfolded()
    {
        BrowserPage page = await pages.OpenAsync("pull", Desk);

        int folded = Sheets(await page.PrintAsync(Cancellation));
        await ReportPages.UnfoldAsync(page, true);
        int unfolded = Sheets(await page.PrintAsync(Cancellation));

        Assert.Equal(unfolded, folded);
        Assert.True(folded > 3, $"{folded} sheets");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task The_policy_of_a_page_keeps_out_what_somebody_adds_to_it(bool hasPolicy, int requests)
    {
        BrowserPage page = await pages.OpenChangedAsync(
            "pull",
            text => text.Replace(
                "</main>", "<img src=\"http://127.0.0.1:9/added.png\" /></main>", StringComparison.Ordinal),
            hasPolicy);

        Assert.Equal(requests, page.Requests.Count);
    }

    [Fact]
    public async Task A_printed_page_is_white_even_if_the_screen_is_dark()
    {
        BrowserPage page = await pages.OpenAsync("pull", Desk);

        await page.ShowAsAsync("print", "dark", Cancellation);

        Assert.Equal(1, await GroundAsync(page));
        Assert.Equal("[]", (await page.EvaluateAsync(PageScripts.Contrast, Cancellation)).ToJsonString());
    }

    [Theory]
    [InlineData("failed", "Failed")]
    [InlineData("gost-failed", "Failed")]
    [InlineData("cancelled", "Cancelled")]
    public async Task A_run_that_did_not_succeed_looks_like_one(string name, string word)
    {
        BrowserPage good = await pages.OpenAsync("verify", Desk);
        BrowserPage bad = await pages.OpenAsync(name, Desk);

        string title = await TextAsync(bad, "title");
        string verdict = await TextAsync(bad, ".verdict");

        Assert.StartsWith($"{word}: ", title, StringComparison.Ordinal);
        Assert.StartsWith(word, verdict, StringComparison.Ordinal);
        Assert.Equal("rgba(0, 0, 0, 0)", await StyleAsync(good, ".verdict", "backgroundColor"));
        Assert.NotEqual("rgba(0, 0, 0, 0)", await StyleAsync(bad, ".verdict", "backgroundColor"));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(Desk)]
    public async Task A_sum_that_is_false_stands_out_from_those_that_are_true(int width)
    {
        BrowserPage page = await pages.OpenAsync("gost-failed", width);

        string bad = await StyleAsync(page, "tr.bad", "backgroundColor");
        string good = await StyleAsync(page, "tr.row", "backgroundColor");
        string row = await TextAsync(page, "tr.bad");

        Assert.NotEqual(good, bad);
        Assert.StartsWith("security.tar", row.Trim(), StringComparison.Ordinal);
        Assert.Contains("failed, D8M", row, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(BrowserPage page, string selector) => (await page.EvaluateAsync(
        $"document.querySelector('{selector}').textContent", Cancellation)).GetValue<string>();

    private static int Sheets(byte[] pdf) => Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1;

    private static async Task<double> GroundAsync(BrowserPage page) =>
        (await page.EvaluateAsync(PageScripts.Ground, Cancellation)).GetValue<double>();

    private static async Task<string> StyleAsync(BrowserPage page, string selector, string property) =>
        (await page.EvaluateAsync(
            $"getComputedStyle(document.querySelector('{selector}')).{property}", Cancellation)).GetValue<string>();
}
