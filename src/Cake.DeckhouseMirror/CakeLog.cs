using Cake.Core.Diagnostics;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using CakeLevel = Cake.Core.Diagnostics.LogLevel;

namespace Cake.DeckhouseMirror;

/// <summary>The engine's events as Cake shows them; warnings with code and advice.</summary>
internal sealed class CakeLog(ICakeLog log, MirrorEventLevel shown)
{
    public void Write(MirrorEvent value)
    {
        if (value is WarningRaised warning)
        {
            Warn(warning.Fault);
        }
        else
        {
            (Verbosity verbosity, CakeLevel level) = PlaceOf(value.Level);
            Write(verbosity, level, value.Message);
        }
    }

    public void Warn(Fault fault) => Write(Verbosity.Minimal, CakeLevel.Warning, fault.ToString());

    private (Verbosity Verbosity, CakeLevel Level) PlaceOf(MirrorEventLevel level) => level switch
    {
        _ when level <= shown => (Verbosity.Normal, CakeLevel.Information),
        MirrorEventLevel.Cause or MirrorEventLevel.Decision => (Verbosity.Verbose, CakeLevel.Verbose),
        _ => (Verbosity.Diagnostic, CakeLevel.Debug),
    };

    // As an argument: Cake would take braces in the text for places of arguments.
    private void Write(Verbosity verbosity, CakeLevel level, string text) => log.Write(verbosity, level, "{0}", text);
}
