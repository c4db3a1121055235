using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>
/// The last line of a terminal: how far the transfer is, written over itself. It gives way to each line of the log.
/// Plain carriage returns and blanks: not every console understands more.
/// </summary>
internal sealed class LiveLine(ITerminal terminal)
{
    private const int BarWidth = 20;

    private string _text = "";
    private int _shown;

    public void Show(TransferProgressed progress)
    {
        string line = $"{Bar(progress)} {progress.Message}";
        int width = int.Max(terminal.Width - 1, 0);
        _text = line.Length <= width ? line : line[..width];
        Draw();
    }

    /// <summary>Writes a line of the log where the live line is, and this one below.</summary>
    public void GiveWay(Action writeLine)
    {
        Erase();
        writeLine();
        Draw();
    }

    /// <summary>Takes it away for good, until something is shown again.</summary>
    public void End()
    {
        Erase();
        _text = "";
    }

    private static string Bar(TransferProgressed progress)
    {
        double part = progress.TotalBytes > 0
            ? double.Clamp((double)progress.DoneBytes / progress.TotalBytes, 0, 1)
            : 1;
        int filled = (int)(part * BarWidth);
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {(int)(part * 100),3}%";
    }

    private void Draw()
    {
        if (_text.Length > 0)
        {
            terminal.Write("\r" + _text.PadRight(_shown));
            _shown = _text.Length;
        }
    }

    private void Erase()
    {
        if (_shown > 0)
        {
            terminal.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }
}
