using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Xunit;

namespace Mirror.Engine.Tests.Report.Diff;

/// <summary>What a reviewer reads: Markdown, page and log.</summary>
public sealed class DiffFormsTests
{
    private static readonly RunOutcome Done = SmallPlan.Pulled with { Verb = MirrorVerb.Diff };

    private static readonly MirrorDiff Sample = DiffBuilder.Compare(
        DiffBuilderTests.Side(
            "target",
            ("platform.tar", "", "v1.70.4", 0),
            ("platform.tar", "install", "v1.70.4", 0),
            ("installer.tar", "installer", "latest", 0)),
        DiffBuilderTests.Side(
            "bundle",
            ("platform.tar", "", "v1.71.3", 1),
            ("platform.tar", "install", "v1.70.4", 3),
            ("platform.tar", "", $"sha256-{DrawnSides.Hex("x")}.att", 4),
            ("installer.tar", "installer", "latest", 5))) with
    {
        Notes =
        [
            new DiffedNote(
                "v1.71.3", "ingress-nginx", DiffNoteKind.Vulnerability, "Fix CVE-2026-1234.", "https://x.example/1"),
        ],
        Requirements = [new DiffedRequirement("v1.71.3", "k8s", "1.30", "1.29")],
    };

    [Fact]
    public void Markdown_begins_with_what_is_suspicious_and_ends_with_all_tags_folded()
    {
        string text = DiffMarkdown.Render(Done, Sample);

        Assert.Equal(
            [
                "# Changes from target x to bundle x", "## Suspicious moves", "## Versions, channels and bytes",
                "## What the vendor says", "## Attestations", "## Other tags that moved",
                "<details><summary>All 5 tags</summary>",
            ],
            text.Split('\n').Where(line => line.StartsWith('#') || line.StartsWith("<details", default)));
        Assert.Contains("- Verb: diff\n", text, StringComparison.Ordinal);
        Assert.Contains($"- Id: `{Sample.Id}`\n", text, StringComparison.Ordinal);
        Assert.Contains("| install:v1.70.4 | platform.tar |", text, StringComparison.Ordinal);
        Assert.Contains("| platform.tar | new: v1.71.3; gone: v1.70.4 |", text, StringComparison.Ordinal);
        Assert.Contains("| v1.71.3 | vulnerability | ingress-nginx | Fix CVE-2026-1234. (https://x.example/1) |", text);
        Assert.Contains("| v1.71.3 | k8s: 1.29 → 1.30 |", text, StringComparison.Ordinal);
        Assert.EndsWith("\n</details>\n", text);
        Assert.DoesNotContain("Started", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_the_same_order()
    {
        XDocument page = Parse(DiffHtml.Render(Done, Sample));

        Assert.Equal(
            [
                "Suspicious moves 1", "Versions, channels and bytes", "What the vendor says 1", "Requirements 1",
                "Attestations", "Other tags that moved 1", "All tags",
            ],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(["Moved2", "New2", "Gone1"], page.Descendants("summary")
            .Select(summary => summary.Value.Replace("\n", "", StringComparison.Ordinal)));
        Assert.Contains(Sample.Id, page.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("<p class=\"verdict stopped\">1 version moved", DiffHtml.Render(Done, Sample));
    }

    [Fact]
    public void A_log_says_what_is_suspicious_then_each_archive_then_the_sum() => Assert.Equal(
        [
            "Changes from target x to bundle x:",
            $"  Suspicious: install:v1.70.4 of platform.tar moved from {DrawnSides.DigestOf(0)} to "
                + $"{DrawnSides.DigestOf(3)}.",
            "  installer.tar; 0 tags new, 1 moved, 0 gone; 1.0 MB new, 0 B already known, 100 B gone",
            "  platform.tar: new: v1.71.3; gone: v1.70.4; 2 tags new, 1 moved, 1 gone; 1.0 MB new, 1.0 MB already "
                + "known, 100 B gone",
            "  The vendor names a vulnerability in 1 change.",
            "  1 requirement changed.",
            $"{DiffText.Headline(Sample)}.",
            $"From {Sample.From.StateId} to {Sample.To.StateId}; the id of the diff is {Sample.Id}.",
        ],
        DiffText.Lines(Sample));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=\"alert(1)\">")]
    [InlineData("</details></td></table>")]
    [InlineData("[a](https://evil.example) ![b](c) | x | `code` **d**")]
    public void Texts_of_others_stay_text_in_the_page(string text)
    {
        XDocument page = Parse(DiffHtml.Render(Done, Hostile(text)));

        Assert.Equal(Elements(Parse(DiffHtml.Render(Done, Hostile("x")))), Elements(page));
        Assert.Contains(page.Descendants("td"), cell => cell.Value.StartsWith(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</details>\n\n# Approved\n")]
    [InlineData("x | y |\n|---|\n")]
    [InlineData("[a](https://evil.example) ![b](c) `code` **d**")]
    [InlineData("@team please approve, closes #12")]
    [InlineData("\u202eright to left\u2028line")]
    public void Texts_of_others_stay_text_in_Markdown(string text)
    {
        string[] expected = Skeleton(DiffMarkdown.Render(Done, Hostile("x")));
        string shown = DiffMarkdown.Render(Done, Hostile(text));

        Assert.Equal(expected, Skeleton(shown));
        Assert.DoesNotContain("<script", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("@team", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("#12", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', shown);
    }

    [Fact]
    public void Markdown_is_never_larger_than_a_pull_request_takes()
    {
        string hostile = new('&', 1000);
        ImmutableArray<ChangedImage> images =
        [
            .. Enumerable.Range(0, 3000).Select(number => new ChangedImage(
                hostile, new string('<', 255), $"v1.0.{number}", DrawnSides.DigestOf(1), DrawnSides.DigestOf(2))),
        ];
        MirrorDiff diff = Hostile(hostile) with
        {
            Added = images,
            Moved = images,
            Gone = images,
            Archives = [.. images.Select(image => new DiffedArchive(hostile, new DiffedBytes()))],
            Notes = [.. images.Select(image => new DiffedNote(hostile, hostile, default, hostile, null))],
            Requirements = [.. images.Select(image => new DiffedRequirement(hostile, hostile, hostile, hostile))],
            From = new MirrorDiffSide("bundle", hostile, Sample.From.StateId),
            To = new MirrorDiffSide("source", hostile, Sample.To.StateId),
        };

        Assert.All(
            [DiffMarkdown.Render(Done, diff), DiffMarkdown.Summarize(diff).Markdown],
            text =>
            {
                Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, DiffMarkdown.MaxBytes);
                Assert.Matches(@"\*\*[0-9]+ lines were cut here", text);
                Assert.Contains("\n</details>\n", text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void A_diff_without_changes_says_so_in_every_form()
    {
        MirrorDiff same = DiffBuilder.Compare(
            DiffBuilderTests.Side("bundle", ("platform.tar", "", "v1.70.4", 0)),
            DiffBuilderTests.Side("source", ("platform.tar", "", "v1.70.4", 0)));

        Assert.Contains("The two states are the same.", DiffMarkdown.Render(Done, same), StringComparison.Ordinal);
        Assert.Contains("The two states are the same.", DiffHtml.Render(Done, same), StringComparison.Ordinal);
        Assert.Contains("The two states are the same.", DiffText.Lines(same));
    }

    private static MirrorDiff Hostile(string text) => Sample with
    {
        From = Sample.From with { Name = text },
        Notes = [new DiffedNote(text, text, DiffNoteKind.Impact, text, null)],
        Requirements = [new DiffedRequirement(text, text, text, text)],
        Archives = [.. Sample.Archives.Select(archive => archive with
        {
            Name = text,
            VersionsAdded = [text],
            Channels = [new DiffedChannel(text, text, text)],
        })],
        Moved = [.. Sample.Moved.Select(image => image with { Archive = text })],
    };

    /// <summary>What Markdown makes of each line: its first characters, and how many cells it has.</summary>
    private static string[] Skeleton(string text) =>
    [
        .. text.Split('\n').Select(line => line.Replace("\\|", "", StringComparison.Ordinal))
            .Select(line => $"{(line.Length > 0 ? line[0] : ' ')}{line.Count(letter => letter == '|')}"),
    ];

    private static string Elements(XDocument page) =>
        string.Join(' ', page.Descendants().Where(element => element.Name != "wbr").Select(element => element.Name));

    private static XDocument Parse(string page) =>
        XDocument.Parse(page.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal));
}
