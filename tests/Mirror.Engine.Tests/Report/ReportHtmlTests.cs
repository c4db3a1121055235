using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mirror.Engine.Report;
using Xunit;

namespace Mirror.Engine.Tests.Report;

/// <summary>The page as a document: it is well-formed, so what it says can be read out of it.</summary>
public sealed partial class ReportHtmlTests
{
    private static readonly MirrorReport Push = SmallPlan.Report with
    {
        Verb = MirrorVerb.Push,
        Plan = SmallPlan.Plan with { Source = "/b", Target = "t.example/ee" },
        Repositories = [new ReportedRepository("ee/modules/x", 1_234, 5)],
        Files = [new ReportedFile("platform.tar", "/b/platform.tar", 9, 1) { GostDigest = new string('f', 64) }],
    };

    [Fact]
    public void A_chart_shows_the_archives_by_size_with_bars_that_fit_it()
    {
        MirrorPlan plan = SmallPlan.Plan with
        {
            Archives = [.. SmallPlan.Plan.Archives.Select((archive, index) => archive with
            {
                FileBytes = index == 0 ? 250_000 : 1_000_000,
            })],
        };

        XElement chart = Parse(ReportHtml.Render(SmallPlan.Planned, plan, null)).Descendants("table").First(IsChart);

        Assert.Equal(
            [
                "platform.tar|1|1.0 MB|80.0\u00a0%",
                "module-x.tar|1|250.0 kB|20.0\u00a0%",
                "deckhousereleases.yaml||584 B|0.0\u00a0%",
                "Total|2|1.3 MB|",
            ],
            chart.Descendants("tr").Skip(1).Select(row => string.Join('|', row.Elements()
                .Where(cell => (string?)cell.Attribute("class") != "bar").Select(Text))));
        Assert.Equal(
            ["width:100.0%", "width:25.0%", "width:0.1%"],
            chart.Descendants("i").Select(bar => (string?)bar.Attribute("style")));
    }

    [Fact]
    public void A_plan_without_files_is_charted_by_its_images()
    {
        MirrorPlan plan = SmallPlan.Plan with
        {
            Files = [],
            Archives = [.. SmallPlan.Plan.Archives.Select(archive => archive with { FileBytes = 0 })],
        };

        XElement chart = Parse(ReportHtml.Render(SmallPlan.Planned, plan, null)).Descendants("table").First(IsChart);

        Assert.Contains("Size of its images", Text(chart), StringComparison.Ordinal);
        Assert.Contains("1.5 MB", Text(chart.Descendants("tr").ElementAt(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_says_what_the_run_was_and_took()
    {
        XDocument page = Parse(ReportHtml.Render(SmallPlan.Pulled, SmallPlan.Report));

        Assert.Equal("Pull of registry.example/edition", Text(page.Descendants("h1").Single()));
        Assert.Equal("Pull of registry.example/edition", Text(page.Descendants("title").Single()));
        Assert.Equal("Succeeded, with 1 warning.", Verdict(page));
        Assert.Equal(
            ["Images: 2", "Archives: 2", "Bundle: 3.0 MB", "Downloaded: 1.5 MB", "Requests: 9", "Time: 1m1s"],
            Facts(page));
    }

    [Fact]
    public void A_run_that_failed_looks_like_one_and_says_why()
    {
        XDocument page = Parse(ReportHtml.Render(SmallPlan.Failed));

        Assert.Equal("Pull", Text(page.Descendants("h1").Single()));
        Assert.Equal("Failed: Pull", Text(page.Descendants("title").Single()));
        Assert.Equal("Failed, with 1 error.", Verdict(page));
        Assert.Equal(
            [
                "Result: failed", "Verb: pull", "Started: 1970-01-01 00:00:00 UTC", "Finished: 1970-01-01 00:01:01 UTC",
                "Tool: Deckhouse Mirror 1.2.3",
            ],
            Facts(page, "run"));
        Assert.Contains("D8M2006 It refused the login.Set the licence.", Text(Section(page, "Errors 1")));
        Assert.Contains("D8M2019 It is plain HTTP.Use TLS.", Text(Section(page, "Warnings 1")));
        Assert.Equal(
            "Cancelled before it was done.",
            Verdict(Parse(ReportHtml.Render(SmallPlan.Failed with { Result = RunResult.Cancelled }))));
    }

    [Fact]
    public void Every_image_is_there_with_digest_size_and_reason() => Assert.Equal(
        [
            $"ee/modules/x:{new string('2', 64)}|sha256:{new string('2', 64)}|1.5 MB|test of",
            $"ee:v1.69.0|sha256:{new string('1', 64)}|1.5 MB|test of v1.69.0",
        ],
        Parse(ReportHtml.Render(SmallPlan.Planned, SmallPlan.Plan, null)).Descendants("details")
            .SelectMany(archive => archive.Descendants("tbody").Elements())
            .Select(row => string.Join('|', row.Elements().Select(Text))));

    [Fact]
    public void Versions_and_warnings_are_told()
    {
        XDocument page = Parse(ReportHtml.Render(SmallPlan.Pulled, SmallPlan.Report));

        Assert.Equal("platform.tarv1.69.0none", Text(Section(page, "Versions and channels").Descendants("tr").Last()));
        XElement warning = Section(page, "Warnings 1").Descendants("li").Single();
        Assert.Contains("No \"databases\" here.", Text(warning), StringComparison.Ordinal);
        Assert.Contains("Switch them off.", Text(warning), StringComparison.Ordinal);
        Assert.EndsWith("docs/errors.md#D8M3101", (string?)warning.Element("a")!.Attribute("href"));
    }

    [Fact]
    public void What_is_new_is_a_section_and_without_an_earlier_bundle_there_is_none()
    {
        XDocument page = Parse(
            ReportHtml.Render(SmallPlan.Pulled, SmallPlan.Report with { Changes = SmallPlan.Changes }));

        Assert.Equal(
            ["Moved1", "New1", "Gone1"],
            Section(page, "What is new").Descendants("summary").Select(Text));
        Assert.DoesNotContain(
            "What is new", ReportHtml.Render(SmallPlan.Pulled, SmallPlan.Report), StringComparison.Ordinal);
        Assert.Contains(
            "What is new",
            ReportHtml.Render(SmallPlan.Planned, SmallPlan.Plan, SmallPlan.Changes),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_push_tells_of_its_repositories_and_sums()
    {
        XDocument page = Parse(ReportHtml.Render(SmallPlan.Pulled, Push));

        Assert.Equal("ee/modules/x1,2345", Text(Section(page, "Repositories 1").Descendants("tr").Last()));
        Assert.Contains("Tags pushed: 1,234", Facts(page));
        Assert.Contains("Already there: 5", Facts(page));
        Assert.Equal(
            $"platform.tar9 B{new string('f', 64)}", Text(Section(page, "Files 1").Descendants("tr").Last()));
    }

    [Fact]
    public void Sums_have_a_page()
    {
        GostRecordFile good = new("platform.tar", 9, new string('f', 64), new string('f', 64), null);
        GostRecordFile bad = good with { Actual = new string('0', 64), Code = FaultCode.GostSumWrong };
        GostRecord record = new([good], "AVX2");

        XDocument page = Parse(ReportHtml.Render(SmallPlan.Pulled, record));
        XDocument failed = Parse(ReportHtml.Render(SmallPlan.Failed, record with { Files = [good, bad] }));

        Assert.Equal("Every sum is true.", Verdict(page));
        Assert.Contains("Kernel: AVX2", Facts(page, "run"));
        Assert.Equal(
            $"platform.tar9 Bpassed{good.Expected}{good.Actual}", Text(page.Descendants("tr").Last()));
        Assert.Equal("Failed, with 1 error.", Verdict(failed));
        Assert.Contains("Failed: 1", Facts(failed));
        Assert.Equal(
            $"platform.tar9 Bfailed, D8M7004{good.Expected}{bad.Actual}", Text(failed.Descendants("tr").Last()));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=\"alert(1)\">")]
    [InlineData("</style></title><b>&amp;'")]
    [InlineData("javascript:alert(1)//{0}")]
    public void Texts_of_others_are_only_text(string text)
    {
        XDocument page = Parse(ReportHtml.Render(SmallPlan.Pulled, With(text)));

        Assert.Equal($"Pull of {text}", Text(page.Descendants("h1").Single()));
        Assert.Equal($"Pull of {text}", Text(page.Descendants("title").Single()));
        Assert.Equal(Names(Parse(ReportHtml.Render(SmallPlan.Pulled, With("x")))), Names(page));
    }

    [Fact]
    public void A_page_loads_nothing_and_runs_nothing()
    {
        string text = ReportHtml.Render(SmallPlan.Pulled, Push with { Changes = SmallPlan.Changes });
        XDocument page = Parse(text);

        Assert.DoesNotMatch(Loading(), text);
        Assert.All(
            page.Descendants("a"),
            link => Assert.StartsWith("https://github.com/deckhouse-mirror/", (string?)link.Attribute("href")));
        Assert.Contains(
            page.Descendants("meta"),
            meta => $"{meta.Attribute("content")}".StartsWith(
                "content=\"default-src 'none'; style-src 'unsafe-inline';", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_report_gives_the_same_page() =>
        Assert.Equal(
            ReportHtml.Render(SmallPlan.Pulled, Push),
            ReportHtml.Render(SmallPlan.Pulled, Push with { Warnings = [.. Push.Warnings] }));

    private static MirrorReport With(string text) => SmallPlan.Report with
    {
        Plan = SmallPlan.Hostile(text),
        Warnings = SmallPlan.Hostile(text).Notes,
        Repositories = [new ReportedRepository(text, 1, 1)],
        Files = [new ReportedFile(text, text, 1, 1) { GostDigest = text }],
        Changes = new BundleChanges([new ChangedImage(text, text, text, null, null)], [], []),
    };

    private static XDocument Parse(string page) => XDocument.Parse(page);

    private static string Text(XElement element) => element.Value.Trim().ReplaceLineEndings("");

    private static string Verdict(XDocument page) =>
        Text(page.Descendants("p").Single(part =>
            $"{part.Attribute("class")?.Value} ".StartsWith("verdict ", StringComparison.Ordinal)));

    private static IEnumerable<string> Facts(XDocument page, string list = "facts") => page.Descendants("dl")
        .Single(facts => facts.Attribute("class")?.Value == list).Descendants("dt")
        .Select(fact => $"{Text(fact)}: {Text((XElement)fact.NextNode!)}");

    private static XElement Section(XDocument page, string heading) =>
        page.Descendants("section").Single(section => Text(section.Element("h2")!) == heading);

    private static bool IsChart(XElement table) => (string?)table.Attribute("class") == "chart";

    /// <summary>The skeleton: no text adds an element or an attribute to it.</summary>
    // But for the places where a line may end: there are as many as a name has separators.
    private static IEnumerable<string> Names(XDocument page) => page.Descendants().Where(element =>
        element.Name.LocalName != "wbr").Select(element =>
        $"{element.Name} {string.Join(' ', element.Attributes().Select(attribute => attribute.Name))}");

    [GeneratedRegex(
        @"<script|<link|<img|<iframe|<object|@import|url\(|\bsrc=|\bon\w+=", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Loading();
}
