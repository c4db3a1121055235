using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Hosting;

/// <summary>
/// How much is shown at normal verbosity: milestones, or what <c>MIRROR_DEBUG_LOG</c>, else <c>D8_LOG_LEVEL</c> says.
/// </summary>
internal static class LogLevel
{
    private static readonly string[] Variables = ["MIRROR_DEBUG_LOG", "D8_LOG_LEVEL"];

    /// <summary>Reads the level; a text that is none is a fault to warn of, and milestones are shown.</summary>
    public static MirrorEventLevel Read(RunEnvironment environment, out Fault? fault)
    {
        fault = null;
        string? name = Array.Find(Variables, variable => environment[variable] is not null);
        string text = name is null ? "0" : environment[name]!.Trim();
        if (text is [>= '0' and <= '4'])
        {
            return text is ['0'] ? MirrorEventLevel.Milestone : (MirrorEventLevel)(text[0] - '0');
        }

        fault = new Fault(
            FaultCode.SettingMalformed,
            $"The variable {name} is '{text}', which is not a log level; it is ignored.",
            "Set it to a number from 0 to 4, or remove it.");
        return MirrorEventLevel.Milestone;
    }
}
