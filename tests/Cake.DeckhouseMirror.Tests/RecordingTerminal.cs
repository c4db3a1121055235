namespace Cake.DeckhouseMirror.Tests;

/// <summary>A terminal that keeps what its screen shows, one text for each line.</summary>
internal sealed class RecordingTerminal : ITerminal
{
    private readonly List<char[]> _lines = [Blank()];
    private int _column;

    public bool IsInteractive { get; init; } = true;

    public int Width { get; init; } = 80;

    /// <summary>The lines as somebody would see them now.</summary>
    public IEnumerable<string> Screen => _lines.Select(line => new string(line).TrimEnd());

    public void Write(string text)
    {
        foreach (char character in text)
        {
            switch (character)
            {
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    _column = 0;
                    _lines.Add(Blank());
                    break;
                default:
                    _lines[^1][_column++] = character;
                    break;
            }
        }
    }

    private static char[] Blank() => [.. Enumerable.Repeat(' ', 400)];
}
