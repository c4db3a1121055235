using System.Text;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// Collects Markdown up to a number of bytes: what holds a page together always fits, a line that does not is left out
/// and counted, and so are all lines after it.
/// </summary>
/// <param name="maxBytes">How large the whole may be.</param>
internal sealed class BoundedMarkdown(int maxBytes)
{
    /// <summary>Kept free for headings, ends of parts, and the line that says what was cut.</summary>
    private const int FrameBytes = 8_000;

    private readonly StringBuilder _text = new();
    private int _bytes;
    private int _omitted;

    /// <summary>Adds what is always there: short, and of our own words.</summary>
    public void AddFrame(string text)
    {
        _text.Append(text);
        _bytes += Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>Adds a line that may be one of any number.</summary>
    public void AddLine(string line)
    {
        int bytes = Encoding.UTF8.GetByteCount(line) + 1;
        if (_omitted > 0 || _bytes + bytes > maxBytes - FrameBytes)
        {
            _omitted++;
            return;
        }

        _text.Append(line).Append('\n');
        _bytes += bytes;
    }

    /// <summary>The whole, with a line that says how much was cut, if anything was.</summary>
    public override string ToString() => _omitted == 0
        ? _text.ToString()
        : $"{_text}\n**{_omitted} lines were cut here, because the text would be too long.** The report as page or "
            + "JSON has all of them.\n";
}
