using Cake.Core.Diagnostics;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>A log that writes to a terminal, as Cake's does: nothing above its verbosity.</summary>
internal sealed class TerminalLog(RecordingTerminal terminal) : ICakeLog
{
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity <= Verbosity)
        {
            terminal.Write(string.Format(null, format, args) + "\n");
        }
    }
}
