using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Hosting;

namespace Mirror.Engine;

/// <summary>
/// Marks faults and warnings where the CI system that runs the host shows them: as annotations of GitHub Actions, as
/// issues of Azure Pipelines, as messages with a status in TeamCity. The system is known by its variables
/// (docs/report.md#annotations-in-ci); elsewhere there are no commands. A mark changes the result of no step: a script
/// may go on after a fault.
/// </summary>
public sealed class CiAnnotations
{
    private const string GitHubMark = "GITHUB_ACTIONS";
    private const string GitHubFolder = "GITHUB_WORKSPACE";

    private readonly RunEnvironment _environment;

    /// <summary>Looks which CI system runs the host.</summary>
    /// <param name="environment">The environment variables; by default those of the process, read here once.</param>
    public CiAnnotations(IReadOnlyDictionary<string, string>? environment = null) =>
        _environment = environment is null ? RunEnvironment.OfProcess() : new RunEnvironment(environment);

    /// <summary>The commands that mark a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="isWarning">Whether the run goes on.</param>
    /// <param name="nameOf">
    /// The names of settings, as for <see cref="Fault.TextFor"/>; by default their members.
    /// </param>
    /// <param name="file">The full path of the file that the fault is about, if there is one.</param>
    /// <param name="line">The line in it, from 1; 0: the file as a whole.</param>
    /// <returns>The commands, to be written as they are; empty without a known CI system.</returns>
    public ImmutableArray<CommandRaised> Create(
        Fault fault, bool isWarning, Func<string, string>? nameOf = null, string? file = null, int line = 0)
    {
        ArgumentNullException.ThrowIfNull(fault);
        string text = fault.TextFor(nameOf ?? (static member => member));
        ImmutableArray<CommandRaised>.Builder commands = ImmutableArray.CreateBuilder<CommandRaised>();
        if (_environment[GitHubMark] is "true")
        {
            commands.Add(new CommandRaised(CiCommand.GitHub(
                isWarning ? "warning" : "error",
                text,
                ("file", file is null ? null : InRepository(file)),
                ("line", NumberOf(line)),
                ("title", fault.Code))));
        }

        if (_environment[JobSummary.AzureMark] is not null)
        {
            commands.Add(new CommandRaised(CiCommand.Azure(
                "task.logissue",
                $"{fault.Code}: {text}",
                ("type", isWarning ? "warning" : "error"),
                ("sourcepath", file),
                ("linenumber", NumberOf(line)),
                ("code", fault.Code))));
        }

        if (_environment[JobSummary.TeamCityMark] is not null)
        {
            commands.Add(new CommandRaised(CiCommand.TeamCity(
                "message", ("text", $"{fault.Code}: {text}"), ("status", isWarning ? "WARNING" : "ERROR"))));
        }

        return commands.ToImmutable();
    }

    private static string? NumberOf(int line) => line > 0 ? $"{line}" : null;

    /// <summary>GitHub knows files by their place in the repository.</summary>
    private string InRepository(string file)
    {
        if (_environment[GitHubFolder] is not { } folder || !Path.IsPathFullyQualified(folder))
        {
            return file;
        }

        string inside = Path.GetRelativePath(folder, file);
        return Path.IsPathRooted(inside) || inside.StartsWith("..", StringComparison.Ordinal)
            ? file
            : inside.Replace(Path.DirectorySeparatorChar, '/');
    }
}
