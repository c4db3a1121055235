namespace Mirror.Engine.Errors;

/// <summary>A user's text in a message: one line of moderate length, whatever it holds.</summary>
internal static class QuotedText
{
    private const int ShownLength = 80;

    public static string Quote(string text)
    {
        string shown = text.Length > ShownLength ? string.Concat(text.AsSpan(0, ShownLength), "...") : text;
        return $"'{LogLine.Printable(shown)}'";
    }
}
