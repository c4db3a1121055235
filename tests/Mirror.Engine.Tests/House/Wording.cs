using System.Text.RegularExpressions;

namespace Mirror.Engine.Tests.House;

/// <summary>Phrases that technical English does not use, and what it says instead.</summary>
internal static class Wording
{
    // Words and their alternatives; words that make the phrase a good one, when they follow or precede it.
    private static readonly (Regex Phrase, string Instead)[] s_phrases =
    [
        Phrase("is no", "is not a (valid)", unless: "longer|more|less", after: "there"),
        Phrase("that is none", "an invalid, with its value"),
        Phrase("nobody", "no one, or the thing that does not"),
        Phrase("whoever", "the user, the client"),
        Phrase("is told", "is reported, is notified"),
        Phrase("are left", "remaining, remain", unless: "out|alone|unchanged|untouched|in place|as"),
        Phrase("for people", "for humans"),
        Phrase("cannot be had", "cannot be downloaded"),
        Phrase("arrived as", "digest mismatch"),
        Phrase("is read once more", "retrying from the start"),
        Phrase("goes on at byte", "resuming at byte"),
        Phrase("is spoken to", "uses, is connected to"),
        Phrase("lies beside", "is next to"),
        Phrase("who to log in as", "user name for"),
        Phrase("not run by us", "untested"),
        Phrase("mend what", "fix the errors"),
    ];

    /// <summary>Whether a path is a page of text that a user reads.</summary>
    public static bool IsPage(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>What a page says in these phrases, as <c>path(line): 'phrase': instead</c>.</summary>
    public static IEnumerable<string> InPage(string path, string text) => Find(path, text, 0, text);

    /// <summary>What a source file says in its string literals; comments do not count.</summary>
    public static IEnumerable<string> InLiterals(string path, string source) =>
        CodeText.Literals(source).SelectMany(literal => Find(path, source, literal.Start, literal.Text));

    private static IEnumerable<string> Find(string path, string whole, int start, string text) =>
        from phrase in s_phrases
        from Match match in phrase.Phrase.Matches(text)
        let line = whole.AsSpan(0, start + match.Index).Count('\n') + 1
        orderby line
        select $"{path}({line}): '{match.Value.ReplaceLineEndings(" ")}': {phrase.Instead}";

    private static (Regex Phrase, string Instead) Phrase(
        string words, string instead, string? unless = null, string? after = null)
    {
        var pattern = (after is null ? "" : $@"(?<!\b{after}\s+)")
            + $@"\b{words.Replace(" ", @"\s+", StringComparison.Ordinal)}\b"
            + (unless is null ? "" : $@"(?!\s+({unless})\b)");
        var options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
        return (new Regex(pattern, options, TimeSpan.FromSeconds(10)), instead);
    }
}
