namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>Lines between two comments of an XML file that is written by hand otherwise.</summary>
internal static class MarkedLines
{
    private const string Begin = "begin, written by UPDATE_DOCS=1 (CONTRIBUTING.md)";
    private const string End = "end";

    /// <summary>The text with other lines between its comments of that name.</summary>
    /// <exception cref="ArgumentException">The text does not have both comments.</exception>
    public static string Replace(string text, string name, IEnumerable<string> lines)
    {
        string begin = $"<!-- {name}: {Begin} -->\n";
        string end = $"<!-- {name}: {End} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int stop = text.IndexOf(end, StringComparison.Ordinal);
        if (start < 0 || stop < start)
        {
            throw new ArgumentException($"The comments around '{name}' are missing: {begin}...\n{end}", nameof(text));
        }

        string before = text[..(start + begin.Length)];
        string after = text[(text.LastIndexOf('\n', stop) + 1)..];
        return before + string.Concat(lines.Select(line => $"{line}\n")) + after;
    }
}
