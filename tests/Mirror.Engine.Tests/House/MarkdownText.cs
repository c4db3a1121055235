using System.Text;
using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.House;

/// <summary>What a reader of Markdown can follow: links, and the anchors of headings as GitHub names them.</summary>
internal static partial class MarkdownText
{
    /// <summary>The targets of links and images; what looks like one in code is none.</summary>
    public static IEnumerable<(int At, string Target)> Links(string text) =>
        Link().Matches(InlineCode().Replace(WithoutBlocks(text), static code => new string(' ', code.Length)))
            .Select(match => (match.Index, match.Groups["target"].Value));

    /// <summary>What stands in backticks, outside of blocks of code.</summary>
    public static IEnumerable<(int At, string Code)> Codes(string text) =>
        InlineCode().Matches(WithoutBlocks(text)).Select(match => (match.Index, match.Groups["code"].Value));

    /// <summary>The anchors of headings; of equal headings the later ones have a number.</summary>
    public static HashSet<string> Anchors(string text)
    {
        HashSet<string> anchors = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> seen = [];
        foreach (Match heading in Heading().Matches(WithoutBlocks(text)))
        {
            var slug = Slug(heading.Groups["title"].Value);
            var count = seen.GetValueOrDefault(slug);
            seen[slug] = count + 1;
            anchors.Add(count == 0 ? slug : $"{slug}-{count}");
        }

        return anchors;
    }

    /// <summary>The text with blocks of code blanked out; every character keeps its place.</summary>
    private static string WithoutBlocks(string text)
    {
        var prose = new StringBuilder(text.Length);
        var isFenced = false;
        foreach (var line in text.Split('\n'))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            prose.Append(isFence || isFenced ? new string(' ', line.Length) : line).Append('\n');
            isFenced ^= isFence;
        }

        return prose.ToString();
    }

    private static string Slug(string title)
    {
        var words = LinkedText().Replace(title.Trim(), "${text}");
        return string.Concat(words
            .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
            .Select(character => character == ' ' ? '-' : char.ToLowerInvariant(character)));
    }

    [GeneratedRegex("`+(?<code>[^`\\n]+)`+", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(
        @"\]\((?<target>[^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(?<target>\S+)|\b(href|src)=""(?<target>[^""]+)""",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        10_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LinkedText();

    [GeneratedRegex(
        @"^#{1,6} +(?<title>.+?)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Heading();
}
