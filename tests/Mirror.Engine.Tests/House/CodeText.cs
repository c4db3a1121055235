using System.Text;

namespace Mirror.Engine.Tests.House;

/// <summary>C# text with a part of it blanked out, so that rules see the rest only; lines keep their numbers.</summary>
internal static class CodeText
{
    /// <summary>The code alone: comments and the contents of literals are blanks.</summary>
    public static string WithoutCommentsAndLiterals(string source) =>
        Keep(source, static (_, _, isCode) => isCode);

    /// <summary>The comments alone.</summary>
    public static string CommentsOnly(string source) =>
        Keep(source, static (text, start, isCode) => !isCode && text[start] == '/');

    private static string Keep(string source, Func<string, int, bool, bool> isKept)
    {
        var kept = new StringBuilder(source.Length);
        var at = 0;
        while (at < source.Length)
        {
            var end = EndOfSkipped(source, at);
            var isCode = end == at;
            end = isCode ? at + 1 : end;
            var keeps = isKept(source, at, isCode);
            foreach (var character in source[at..end])
            {
                kept.Append(keeps || character == '\n' ? character : ' ');
            }

            at = end;
        }

        return kept.ToString();
    }

    /// <summary>The literals of characters and strings with their quotes, and where they start.</summary>
    public static IEnumerable<(int Start, string Text)> Literals(string source)
    {
        for (var at = 0; at < source.Length;)
        {
            var end = EndOfSkipped(source, at);
            if (end > at && source[at] != '/')
            {
                yield return (at, source[at..end]);
            }

            at = Math.Max(end, at + 1);
        }
    }

    // The end of the comment or literal that starts here, or the position itself when none does.
    private static int EndOfSkipped(string source, int at)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            return After(source, "\n", at, include: false);
        }

        if (rest.StartsWith("/*", StringComparison.Ordinal))
        {
            return After(source, "*/", at + 2, include: true);
        }

        var quotes = at;
        while (quotes < source.Length && source[quotes] is '$' or '@')
        {
            quotes++;
        }

        var verbatim = source[at..quotes].Contains('@', StringComparison.Ordinal);
        return quotes < source.Length && source[quotes] switch
        {
            '"' => true,
            '\'' => quotes == at,
            _ => false,
        } ? EndOfLiteral(source, quotes, verbatim) : at;
    }

    private static int EndOfLiteral(string source, int at, bool verbatim)
    {
        var quote = source[at];
        var run = 0;
        while (quote == '"' && at + run < source.Length && source[at + run] == '"')
        {
            run++;
        }

        if (!verbatim && run >= 3)
        {
            return After(source, new string('"', run), at + run, include: true);
        }

        for (var next = at + 1; next < source.Length; next++)
        {
            if (source[next] == '\\' && !verbatim)
            {
                next++;
            }
            else if (source[next] == quote && verbatim && next + 1 < source.Length && source[next + 1] == quote)
            {
                next++;
            }
            else if (source[next] == quote)
            {
                return next + 1;
            }
        }

        return source.Length;
    }

    private static int After(string source, string mark, int from, bool include)
    {
        var found = source.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? source.Length : found + (include ? mark.Length : 0);
    }
}
