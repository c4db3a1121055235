using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>
/// Runs one verb of the engine as a task: settings out of the parameters, events and faults into the build's log,
/// cancellation from the build. No parameter takes a secret: parameters are written into binary logs. Secrets come
/// from environment variables, which are read once, when the task runs.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Cancel may come at any time, also late; the source holds no handle or timer.")]
public abstract class MirrorTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private readonly CancellationTokenSource _cancellation = new();

    private protected MirrorTask()
    {
    }

    /// <summary>
    /// The full path of the project, <c>$(MSBuildProjectFullPath)</c>: the file that errors name, the folder that
    /// relative paths start from, and the name in the closing line.
    /// </summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>
    /// The names, never the values, of properties that would hold a secret and are set in the project. Any is an error
    /// (D8M1008): its value is in the build's logs already. Default: none.
    /// </summary>
    public ITaskItem[] SecretProperties { get; set; } = [];

    /// <summary>
    /// The environment variables; by default those of the process, which MSBuild sets anew for each build of a worker.
    /// </summary>
    internal IReadOnlyDictionary<string, string>? Variables { get; set; }

    /// <summary>What does the work; by default the real engine.</summary>
    internal IMirrorEngine? Engine { get; set; }

    /// <summary>The command line of this process, which says what prints and reports in it.</summary>
    internal IReadOnlyList<string> CommandLine { get; set; } = Environment.GetCommandLineArgs();

    /// <summary>Takes commands to a CI system; by default standard output, where this process has one.</summary>
    internal TextWriter? Commands { get; set; }

    /// <summary>Runs the verb. Every fault is logged as an error with its code (docs/errors.md).</summary>
    /// <returns>Whether no error was logged. A cancelled run has failed (D8M8002).</returns>
    public override bool Execute()
    {
        IReadOnlyDictionary<string, string> global = GlobalProperties;
        ProjectFiles files = new(ProjectFile, global, TaskValues.FilesOf(this));
        PlacedFault[] misnamed = [.. new ProjectNameCheck(ProjectFile, files).Find(global.Keys, VariableNames)];
        BuildLog log = new(
            Log,
            ProjectFile,
            new ProjectLines(ProjectFile, files, global.Keys),
            misnamed,
            Commands ?? CommandOutput.Find(CommandLine),
            CommandOutput.FindAnnotations(CommandLine, Variables));
        MirrorHost host = new(
            (value, detail) =>
            {
                log.Write(value, detail);
                if (log.HasErrors)
                {
                    // The build takes this warning for an error: what would follow is lost work.
                    _cancellation.Cancel();
                }
            },
            CompletePath,
            Variables,
            Engine);
        try
        {
            ImmutableArray<Fault> faults = [.. misnamed.Select(name => name.Fault)];
            string? result = host.Run((engine, progress) =>
                RunAsync(
                    new MirrorRun(host, engine, TaskValues.Collect(this), progress, faults), _cancellation.Token));
            if (result is not null)
            {
                log.Result(result);
            }
        }
        catch (MirrorException exception) when (log.HasErrors && exception.InnerException is OperationCanceledException)
        {
            // The error that ended the run is in the log.
        }
        catch (MirrorException exception)
        {
            log.Fail(exception);
        }
        catch (Exception exception)
        {
            log.Fail(new MirrorException(
                new Fault(
                    FaultCode.Defect,
                    $"{GetType().Name} failed because of an internal error: {exception.GetType().Name}: "
                        + exception.Message,
                    "Please report it with the log of a build with -v:diagnostic."),
                exception));
        }

        return !log.HasErrors;
    }

    /// <summary>Asks the run to end. May be called from any thread, before the run, after it, and repeatedly.</summary>
    public void Cancel() => _cancellation.Cancel();

    private IReadOnlyDictionary<string, string> GlobalProperties => BuildEngine is IBuildEngine6 engine
        ? engine.GetGlobalProperties()
        : new Dictionary<string, string>();

    private IEnumerable<string> VariableNames =>
        Variables?.Keys ?? Environment.GetEnvironmentVariables().Keys.Cast<string>();

    /// <summary>Runs the verb.</summary>
    /// <returns>What it made or planned, for the closing line; <see langword="null"/>: nothing.</returns>
    private protected abstract Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken);

    // With the separators of this system, as MSBuild's own tasks do: project files are written on Windows, too.
    private string CompletePath(string path) => Path.GetFullPath(
        path.Trim().Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(ProjectFile)!);
}
