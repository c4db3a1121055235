using Cake.Core.Diagnostics;
using Mirror.Engine;
using CakeLevel = Cake.Core.Diagnostics.LogLevel;

namespace Cake.DeckhouseMirror;

/// <summary>
/// The engine's events as Cake shows them; warnings and faults with code and advice. Where somebody watches a terminal
/// at normal or verbose verbosity, progress is a live line instead of a line now and then. Commands to a CI system go
/// past Cake's log, which colours its lines and knows verbosities.
/// </summary>
internal sealed class CakeLog(ICakeLog log, ITerminal terminal)
{
    private readonly LiveLine? _live =
        terminal.IsInteractive && log.Verbosity is Verbosity.Normal or Verbosity.Verbose ? new(terminal) : null;

    public void Write(MirrorEvent value, LogDetail detail)
    {
        if (value is CommandRaised command)
        {
            Write(() => terminal.Write(command.Command + Environment.NewLine));
        }
        else if (value is WarningRaised warning)
        {
            Write(Verbosity.Minimal, CakeLevel.Warning, CakeNames.TextOf(warning.Fault));
        }
        else if (value is StopRequested)
        {
            Write(Verbosity.Quiet, CakeLevel.Error, value.Message);
        }
        else if (_live is not null && value is TransferProgressed progress && !IsEnd(progress))
        {
            _live.Show(progress);
        }
        else
        {
            if (value is TransferProgressed)
            {
                _live?.End();
            }

            (Verbosity verbosity, CakeLevel level) = PlaceOf(detail);
            Write(verbosity, level, value.Message);
        }
    }

    /// <summary>Shows a fault, at every verbosity.</summary>
    public void Fail(Fault fault)
    {
        _live?.End();
        Write(Verbosity.Quiet, CakeLevel.Error, CakeNames.TextOf(fault));
    }

    /// <summary>Leaves nothing behind on the terminal but lines.</summary>
    public void End() => _live?.End();

    // The last one stays in the log, as what was moved.
    private static bool IsEnd(TransferProgressed progress) =>
        progress.Level == MirrorEventLevel.Milestone && progress.DoneItems == progress.TotalItems;

    private static (Verbosity Verbosity, CakeLevel Level) PlaceOf(LogDetail detail) => detail switch
    {
        LogDetail.Normal => (Verbosity.Normal, CakeLevel.Information),
        LogDetail.Verbose => (Verbosity.Verbose, CakeLevel.Verbose),
        _ => (Verbosity.Diagnostic, CakeLevel.Debug),
    };

    private void Write(Verbosity verbosity, CakeLevel level, string text)
    {
        // As an argument: Cake would take braces in the text for places of arguments.
        void WriteLine() => log.Write(verbosity, level, "{0}", text);

        if (verbosity > log.Verbosity)
        {
            WriteLine();
        }
        else
        {
            Write(WriteLine);
        }
    }

    private void Write(Action writeLine)
    {
        if (_live is null)
        {
            writeLine();
        }
        else
        {
            _live.GiveWay(writeLine);
        }
    }
}
