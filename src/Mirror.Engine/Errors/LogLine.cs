using System.Globalization;
using System.Text;

namespace Mirror.Engine.Errors;

/// <summary>
/// A line of a log that quotes foreign text: it stays one line, reads in one direction, and gives no CI system a
/// command. Azure Pipelines and TeamCity look for <c>##vso[</c>, <c>##[</c> or <c>##teamcity[</c> anywhere in a line,
/// so two number signs never stand together. GitHub Actions looks for <c>::</c> at the start of a line, after blanks.
/// </summary>
internal static class LogLine
{
    private const char CommandMark = ':';

    public static string Sanitize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder line = new(text.Length);
        bool isStart = true;
        foreach (char character in text)
        {
            char shown = IsUnprintable(character) ? ' ' : character;
            if (line.Length > 0 && line[^1] == shown && (shown == '#' || (shown == CommandMark && isStart)))
            {
                line.Append(' ');
            }

            line.Append(shown);
            isStart &= shown == CommandMark || char.IsWhiteSpace(shown);
        }

        // Nearly all lines are as they should be, and are kept as the text that they came as.
        return line.Equals(text) ? text : line.ToString();
    }

    /// <summary>A foreign text within a line, a page or a table: without characters that have no place there.</summary>
    public static string Printable(string text) => text.Any(IsUnprintable)
        ? string.Concat(text.Select(character => IsUnprintable(character) ? ' ' : character))
        : text;

    /// <summary>
    /// Whether a character has no place in a line for humans: it controls a terminal, ends the line, or, like the
    /// bidirectional overrides of Unicode, makes the rest of it read as something else.
    /// </summary>
    public static bool IsUnprintable(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
