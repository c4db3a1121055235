using System.Text;

namespace Mirror.Engine.Errors;

/// <summary>
/// A line of a log that holds texts of others: it stays one line, and no CI system takes a command from it. They look
/// for <c>##vso[</c>, <c>##[</c> or <c>##teamcity[</c> anywhere in a line, so two number signs never stand together.
/// </summary>
internal static class LogLine
{
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains("##", StringComparison.Ordinal) && !text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder line = new(text.Length);
        foreach (char character in text)
        {
            if (character == '#' && line.Length > 0 && line[^1] == '#')
            {
                line.Append(' ');
            }

            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }
}
