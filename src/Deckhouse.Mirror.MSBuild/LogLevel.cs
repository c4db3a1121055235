using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Settings;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// How much is shown at normal verbosity: milestones, or what <c>MIRROR_DEBUG_LOG</c>, else <c>D8_LOG_LEVEL</c> says.
/// </summary>
internal static class LogLevel
{
    private static readonly string[] _variables = ["MIRROR_DEBUG_LOG", "D8_LOG_LEVEL"];

    /// <summary>Reads the level; a text that is none is a fault to warn of, and milestones are shown.</summary>
    public static MirrorEventLevel Read(RunEnvironment environment, out Fault? fault)
    {
        fault = null;
        string? name = Array.Find(_variables, variable => environment[variable] is not null);
        if (name is null)
        {
            return MirrorEventLevel.Milestone;
        }

        string text = environment[name]!.Trim();
        if (text is ['0'])
        {
            return MirrorEventLevel.Milestone;
        }

        if (text is [>= '1' and <= '4'])
        {
            return (MirrorEventLevel)(text[0] - '0');
        }

        fault = new Fault(
            FaultCode.SettingMalformed,
            $"The variable {name} is '{text}', which is no log level; it is ignored.",
            "Set it to a number from 0 to 4, or remove it.");
        return MirrorEventLevel.Milestone;
    }
}
