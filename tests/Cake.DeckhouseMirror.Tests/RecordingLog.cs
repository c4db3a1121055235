using Cake.Core.Diagnostics;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>A log that keeps every line, whatever its verbosity.</summary>
internal sealed class RecordingLog : ICakeLog
{
    private readonly List<LogLine> _lines = [];

    public Verbosity Verbosity { get; set; } = Verbosity.Diagnostic;

    public IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>Everything that was logged, a line each.</summary>
    public string Text => string.Join('\n', _lines.Select(line => line.Text));

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args) => _lines.Add(
        new LogLine(verbosity, level, string.Format(null, format, args), Environment.CurrentManagedThreadId));
}
