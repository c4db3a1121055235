using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Table;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>The engine's events and faults as MSBuild shows them: with code, help link and project file.</summary>
internal sealed class BuildLog(
    TaskLoggingHelper log, string projectFile, IEnumerable<string> globalProperties, MirrorEventLevel shown)
{
    private readonly ProjectLines _lines = new(projectFile, globalProperties);

    public bool HasErrors => log.HasLoggedErrors;

    public void Write(MirrorEvent value)
    {
        if (value is WarningRaised warning)
        {
            Warn(warning.Fault);
        }
        else
        {
            log.LogMessage(ImportanceOf(value.Level), value.Message);
        }
    }

    public void Warn(Fault fault)
    {
        (string file, int line) = _lines.PlaceOf(fault);
        log.LogWarning(null, fault.Code, null, fault.HelpLink, file, line, 0, 0, 0, TextOf(fault));
    }

    public void Fail(Fault fault)
    {
        (string file, int line) = _lines.PlaceOf(fault);
        log.LogError(null, fault.Code, null, fault.HelpLink, file, line, 0, 0, 0, TextOf(fault));
    }

    /// <summary>Several lines for those who look for the cause.</summary>
    public void Detail(string text) => log.LogMessage(
        MessageImportance.Low, string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(LogLine.Of)));

    /// <summary>
    /// The one kind of message that the terminal logger shows, as the output of the project: it looks for the arrow.
    /// </summary>
    public void Result(string path) =>
        log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(projectFile)} -> {path}");

    // With the names of properties and items, which is how a project calls the settings.
    private static string TextOf(Fault fault) => fault.TextFor(SettingsTable.NameOf);

    private MessageImportance ImportanceOf(MirrorEventLevel level) => level switch
    {
        _ when level <= shown => MessageImportance.High,
        MirrorEventLevel.Cause or MirrorEventLevel.Decision => MessageImportance.Normal,
        _ => MessageImportance.Low,
    };
}
