using Xunit;

namespace Mirror.Engine.Tests.House;

/// <summary>Each rule about citations is shown able to fail, and to let pass what only looks like a fault.</summary>
public sealed class CitationCheckTests
{
    private static readonly Dictionary<string, string> s_tree = new()
    {
        ["README.md"] = "# Readme",
        ["docs/page.md"] = "# Page",
        ["docs/pull.md"] = "# Pull\n## Release channels\n## `a.yaml` & [b](c.md)\n## Twice\n## Twice\n```\n# no\n```\n",
        ["docs/decisions/0001-first.md"] = "# First",
        ["src/Flows/PullFlow.cs"] = "",
    };

    private readonly CitationRules _rules = new(
        path => s_tree.Keys.Any(file => file == path || file.StartsWith($"{path}/", StringComparison.Ordinal)),
        path => s_tree[path]);

    [Theory]
    [InlineData("// see docs/push.md", "docs/push.md does not exist")]
    [InlineData("/// (docs/pull.md#platform).", "docs/pull.md has no section #platform")]
    [InlineData("/* docs/pull.md#no */", "docs/pull.md has no section #no")]
    [InlineData("// docs/decisions/0001: the first", "docs/decisions/0001 does not exist")]
    [InlineData("// docs/decisions#first", "docs/decisions has no sections")]
    [InlineData("// docs/pull.md, \"Twice\"", "docs/pull.md is cited by a title: cite the anchor")]
    [InlineData("// spec/pull.md 4.2", "spec/pull.md does not exist")]
    [InlineData("// design/house.md", "design/house.md does not exist")]
    [InlineData("// ../shared/spec/pull.md", "../shared/spec/pull.md is outside of the repository")]
    [InlineData("// https://example.com/x/blob/main/docs/gone.md", "docs/gone.md does not exist")]
    public void A_dead_citation_in_a_comment_is_found(string comment, string expected) =>
        Assert.Equal([$"a.cs(2): {expected}"], _rules.Violations("a.cs", $"class A;\n{comment}\n"));

    [Theory]
    [InlineData("// docs/pull.md, docs/pull.md#release-channels. docs/pull.md#twice-1, docs/ and docs/decisions")]
    [InlineData("// https://example.com/docs/other.md, git-lfs.github.com/spec/v1, image-spec/layer.md, x-docs/a")]
    [InlineData("var path = \"docs/gone.md\"; // text, not a citation")]
    [InlineData("/// <see href=\"https://example.com/blob/main/docs/pull.md#Twice\"/>")]
    public void A_citation_that_leads_somewhere_is_no_fault(string code) =>
        Assert.Empty(_rules.Violations("a.cs", code));

    [Theory]
    [InlineData("[a](gone.md)", "docs/gone.md does not exist")]
    [InlineData("[a](#gone)", "docs/page.md has no section #gone")]
    [InlineData("![a](pull.md#gone \"title\")", "docs/pull.md has no section #gone")]
    [InlineData("[a](../../README.md)", "../../README.md is outside of the repository")]
    [InlineData("<a href=\"../gone/\">a</a>", "gone does not exist")]
    [InlineData("[a]: pull.md#gone", "docs/pull.md has no section #gone")]
    [InlineData("`docs/gone.md`", "docs/gone.md does not exist")]
    public void A_dead_link_in_a_document_is_found(string line, string expected)
    {
        var found = _rules.Violations("docs/page.md", $"# Page\n\n{line}\n");

        Assert.Equal([$"docs/page.md(3): {expected}"], found);
    }

    [Theory]
    [InlineData("[a](pull.md#release-channels) [b](../README.md#readme) [c](https://example.com/gone.md) [d](../src)")]
    [InlineData("[a](decisions/0001-first.md) [b](pull.md#ayaml--b) `[c](gone.md)`")]
    [InlineData("```\n[a](gone.md)\n```")]
    public void A_link_that_leads_somewhere_is_no_fault(string text) =>
        Assert.Empty(_rules.Violations("docs/other.md", text));

    [Fact]
    public void A_case_file_is_read_whole() => Assert.Equal(
        ["cases.json(2): docs/pull.md has no section #gone"],
        _rules.Violations("cases.json", "[\n{\"reason\": \"docs/pull.md#gone: why\"}]"));

    [Theory]
    [InlineData("`src/Flows/Gone.cs`", "src/Flows/Gone.cs does not exist")]
    [InlineData("`Flows/GoneFlow`", "Flows/GoneFlow does not exist")]
    [InlineData("`docs/gone/`", "docs/gone/ does not exist")]
    public void A_dead_path_in_backticks_is_found(string line, string expected) =>
        Assert.Equal([$"map.md(1): {expected}"], DeadPaths(line));

    [Theory]
    [InlineData("`src/Flows/PullFlow.cs` `Flows/PullFlow` `Flows/` `src/` `docs/pull.md`")]
    [InlineData("`blobs/<alg>/<hex>` `other/path` `src/Flows/*.cs` `Flows`")]
    [InlineData("```\n`src/gone`\n```")]
    public void A_path_that_leads_somewhere_is_no_fault(string text) => Assert.Empty(DeadPaths(text));

    [Fact]
    public void Anchors_are_those_that_GitHub_gives() => Assert.Equal(
        ["ayaml--b", "pull", "release-channels", "twice", "twice-1"],
        MarkdownText.Anchors(s_tree["docs/pull.md"]).Order());

    private IEnumerable<string> DeadPaths(string text) => _rules.DeadPaths(
        "map.md", text, new Dictionary<string, string> { ["src"] = "", ["docs"] = "", ["Flows"] = "src/" });
}
