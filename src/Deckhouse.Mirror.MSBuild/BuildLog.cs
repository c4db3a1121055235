using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// The engine's events and faults as MSBuild shows them: with code, help link and project file. Commands to a CI system
/// go past the log.
/// </summary>
/// <param name="log">The log of the build.</param>
/// <param name="projectFile">The full path of the project.</param>
/// <param name="lines">Where the project sets what a fault is about.</param>
/// <param name="placed">The faults whose places are known already.</param>
/// <param name="commands">Takes commands to a CI system; without one, they are messages of the log.</param>
/// <param name="annotations">Marks faults for a CI system, if nothing else does.</param>
internal sealed class BuildLog(
    TaskLoggingHelper log,
    string projectFile,
    ProjectLines lines,
    IReadOnlyCollection<PlacedFault> placed,
    TextWriter? commands,
    CiAnnotations? annotations)
{
    public bool HasErrors => log.HasLoggedErrors;

    public void Write(MirrorEvent value, LogDetail detail)
    {
        if (value is WarningRaised warning)
        {
            Warn(warning.Fault);
        }
        else if (value is CommandRaised command)
        {
            Write(command);
        }
        else
        {
            log.LogMessage(ImportanceOf(detail), value.Message);
        }
    }

    /// <summary>An error for each fault; and for those who look for the cause, the trace, unless it is known.</summary>
    public void Fail(MirrorException exception)
    {
        foreach ((Fault fault, string file, int line) in InOrder(exception.Faults))
        {
            log.LogError(null, fault.Code, null, fault.HelpLink, file, line, 0, 0, 0, TextOf(fault));
            Annotate(fault, isWarning: false, file, line);
        }

        if (exception.InnerException is not OperationCanceledException)
        {
            log.LogMessage(MessageImportance.Low, exception.ToString());
        }
    }

    /// <summary>
    /// The one kind of message that the terminal logger shows, as the output of the project: it looks for the arrow.
    /// </summary>
    public void Result(string text) =>
        log.LogMessage(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(projectFile)} -> {text}");

    private void Warn(Fault fault)
    {
        (string file, int line) = PlaceOf(fault);
        log.LogWarning(null, fault.Code, null, fault.HelpLink, file, line, 0, 0, 0, TextOf(fault));
        Annotate(fault, isWarning: true, file, line);
    }

    private void Annotate(Fault fault, bool isWarning, string file, int line)
    {
        foreach (CommandRaised command in
            annotations?.Create(fault, isWarning, TaskValues.Names.NameOf, file, line) ?? [])
        {
            Write(command);
        }
    }

    // In one write, with the end of the line: a logger may print at the same time. And on a line of its own: the
    // terminal logger leaves the cursor behind a control sequence, and a command that follows one is not seen as such.
    private void Write(CommandRaised command)
    {
        if (commands is null)
        {
            log.LogMessage(MessageImportance.High, command.Command);
        }
        else
        {
            commands.Write(Environment.NewLine + command.Command + Environment.NewLine);
            commands.Flush();
        }
    }

    /// <summary>
    /// Faults of settings as the project has them, from top to bottom; what is in no line comes last. Others stay as
    /// they were found, since they may speak of each other.
    /// </summary>
    private IEnumerable<(Fault Fault, string File, int Line)> InOrder(ImmutableArray<Fault> faults)
    {
        IEnumerable<(Fault Fault, string File, int Line)> found = faults.Select(fault =>
        {
            (string file, int line) = PlaceOf(fault);
            return (fault, file, line);
        });
        return faults.All(fault => fault.Code.StartsWith("D8M1", StringComparison.Ordinal))
            ? found.OrderBy(fault => fault.Line == 0).ThenBy(fault => fault.File != projectFile)
                .ThenBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)
            : found;
    }

    private (string File, int Line) PlaceOf(Fault fault) =>
        placed.FirstOrDefault(known => ReferenceEquals(known.Fault, fault)) is { } place
            ? (place.File, place.Line)
            : lines.PlaceOf(fault);

    private static string TextOf(Fault fault) => fault.TextFor(TaskValues.Names.NameOf);

    private static MessageImportance ImportanceOf(LogDetail detail) => detail switch
    {
        LogDetail.Normal => MessageImportance.High,
        LogDetail.Verbose => MessageImportance.Normal,
        _ => MessageImportance.Low,
    };
}
