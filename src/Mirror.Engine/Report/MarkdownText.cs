using System.Text;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Report;

/// <summary>Texts of others in Markdown: shown as they are, on one line, with no power over the page.</summary>
internal static class MarkdownText
{
    /// <summary>How many lines of one kind a summary shows; CI systems refuse a summary that is too long.</summary>
    public const int Shown = 50;

    public static string Escape(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char character in text)
        {
            if (character is '\\' or '|' or '`' or '*' or '[' or ']')
            {
                line.Append('\\').Append(character);
            }
            else
            {
                line.Append(character switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    _ when LogLine.IsUnprintable(character) => " ",
                    _ => character.ToString(),
                });
            }
        }

        return line.ToString();
    }

    /// <summary>A row of a table.</summary>
    public static StringBuilder AddRow(this StringBuilder text, params ReadOnlySpan<string> cells)
    {
        text.Append('|');
        foreach (string cell in cells)
        {
            text.Append(' ').Append(Escape(cell)).Append(" |");
        }

        return text.Append('\n');
    }
}
