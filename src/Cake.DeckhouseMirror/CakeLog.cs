using Cake.Core.Diagnostics;
using Mirror.Engine;
using CakeLevel = Cake.Core.Diagnostics.LogLevel;

namespace Cake.DeckhouseMirror;

/// <summary>
/// The engine's events as Cake shows them; warnings with code and advice. Where somebody watches a terminal at normal
/// or verbose verbosity, progress is a live line instead of a line now and then.
/// </summary>
internal sealed class CakeLog(ICakeLog log, MirrorEventLevel shown, ITerminal terminal)
{
    private readonly LiveLine? _live =
        terminal.IsInteractive && log.Verbosity is Verbosity.Normal or Verbosity.Verbose ? new(terminal) : null;

    public void Write(MirrorEvent value)
    {
        if (value is WarningRaised warning)
        {
            Warn(warning.Fault);
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

            (Verbosity verbosity, CakeLevel level) = PlaceOf(value.Level);
            Write(verbosity, level, value.Message);
        }
    }

    public void Warn(Fault fault) => Write(Verbosity.Minimal, CakeLevel.Warning, fault.ToString());

    /// <summary>Leaves nothing behind on the terminal but lines.</summary>
    public void End() => _live?.End();

    // The last one stays in the log, as what was moved.
    private static bool IsEnd(TransferProgressed progress) =>
        progress.Level == MirrorEventLevel.Milestone && progress.DoneItems == progress.TotalItems;

    private (Verbosity Verbosity, CakeLevel Level) PlaceOf(MirrorEventLevel level) => level switch
    {
        _ when level <= shown => (Verbosity.Normal, CakeLevel.Information),
        MirrorEventLevel.Cause or MirrorEventLevel.Decision => (Verbosity.Verbose, CakeLevel.Verbose),
        _ => (Verbosity.Diagnostic, CakeLevel.Debug),
    };

    private void Write(Verbosity verbosity, CakeLevel level, string text)
    {
        // As an argument: Cake would take braces in the text for places of arguments.
        void WriteLine() => log.Write(verbosity, level, "{0}", text);

        if (_live is null || verbosity > log.Verbosity)
        {
            WriteLine();
        }
        else
        {
            _live.GiveWay(WriteLine);
        }
    }
}
