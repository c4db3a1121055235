using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.House;

/// <summary>
/// Follows what files cite of this repository: pages and their sections, relative links, paths of source files.
/// </summary>
/// <param name="exists">Whether a file or folder is there; the path is relative to the root, with slashes.</param>
/// <param name="read">The text of a file.</param>
internal sealed partial class CitationRules(Func<string, bool> exists, Func<string, string> read)
{
    /// <summary>Files whose links are those of the page that is written out of them.</summary>
    private static readonly Dictionary<string, string> s_written = new()
    {
        ["tests/Mirror.Engine.Tests/Settings/settings-template.md"] = "docs/settings.md",
    };

    private readonly Dictionary<string, HashSet<string>> _anchors = [];

    /// <summary>Citations that lead nowhere: of pages anywhere in a document, in code in comments only.</summary>
    public IEnumerable<string> Violations(string path, string text)
    {
        var cited = Path.GetExtension(path) is ".cs" or ".cake" ? CodeText.CommentsOnly(text) : text;
        return [.. Pages(path, cited), .. path.EndsWith(".md", StringComparison.Ordinal) ? Links(path, text) : []];
    }

    /// <summary>Paths in backticks that lead nowhere: those that begin with one of some folders.</summary>
    /// <param name="path">The document.</param>
    /// <param name="text">Its text.</param>
    /// <param name="folders">The first part of a path, and the folder where it is.</param>
    public IEnumerable<string> DeadPaths(string path, string text, IReadOnlyDictionary<string, string> folders)
    {
        foreach (var (at, code) in MarkdownText.Codes(text).Where(code => PathPattern().IsMatch(code.Code)))
        {
            var first = code.Split('/')[0];
            if (folders.TryGetValue(first, out var folder))
            {
                var full = $"{folder}{code}".TrimEnd('/');
                if (!exists(full) && !exists($"{full}.cs"))
                {
                    yield return $"{path}({LineOf(text, at)}): {code} does not exist";
                }
            }
        }
    }

    private IEnumerable<string> Pages(string path, string text)
    {
        foreach (Match match in Page().Matches(text))
        {
            var page = match.Groups["page"].Value;
            var fault = page.StartsWith("../", StringComparison.Ordinal) ? $"{page} is outside of the repository"
                : match.Groups["quoted"].Success ? $"{page} is cited by a title: cite the anchor"
                : FaultOf(page, match.Groups["anchor"].Value);
            if (fault is not null)
            {
                yield return $"{path}({LineOf(text, match.Index)}): {fault}";
            }
        }
    }

    private IEnumerable<string> Links(string path, string text)
    {
        var page = s_written.GetValueOrDefault(path, path);
        foreach (var (at, target) in MarkdownText.Links(text).Where(link => !Address().IsMatch(link.Target)))
        {
            var parts = Uri.UnescapeDataString(target).Split('#', 2);
            var cited = parts[0].Length == 0 ? page : Resolve(page, parts[0]);
            var fault = cited is null ? $"{target} is outside of the repository"
                : FaultOf(cited, parts.Length > 1 ? parts[1] : "");
            if (fault is not null)
            {
                yield return $"{path}({LineOf(text, at)}): {fault}";
            }
        }
    }

    private string? FaultOf(string page, string anchor)
    {
        if (!exists(page.TrimEnd('/')))
        {
            return $"{page} does not exist";
        }

        if (anchor.Length == 0)
        {
            return null;
        }

        if (!page.EndsWith(".md", StringComparison.Ordinal))
        {
            return $"{page} has no sections";
        }

        if (!_anchors.TryGetValue(page, out var anchors))
        {
            _anchors.Add(page, anchors = MarkdownText.Anchors(read(page)));
        }

        return anchors.Contains(anchor) ? null : $"{page} has no section #{anchor}";
    }

    /// <summary>The path that a relative one means; null when it leads out of the repository.</summary>
    private static string? Resolve(string page, string relative)
    {
        List<string> parts = [.. page.Split('/')[..^1]];
        foreach (var part in relative.TrimEnd('/').Split('/').Where(part => part != "."))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return string.Join('/', parts);
    }

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    // Words, and addresses of this repository's pages; not the folders of that name that other addresses have.
    [GeneratedRegex(
        @"((?<![\w./-])|(?<=/blob/main/))(?<page>(docs|spec|design|(\.\./)+shared)/([\w./-]*[\w/-])?)"
            + @"(#(?<anchor>[\w-]+))?(?<quoted>,\s+"")?",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex Page();

    [GeneratedRegex(@"\A([a-z]+:|//)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[\w.-]+(/[\w.-]+)*/?\z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PathPattern();
}
