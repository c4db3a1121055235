using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using Mirror.Engine;
using Mirror.Engine.Events;

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

    internal Func<IReadOnlyDictionary<string, string>> ReadEnvironment { get; set; } = ProcessEnvironment.Read;

    internal Func<IReadOnlyDictionary<string, string>, IMirrorEngine> CreateEngine { get; set; } =
        environment => new MirrorEngine(environment, TimeProvider.System);

    /// <summary>The verb for messages: <c>pull</c>.</summary>
    private protected abstract string Verb { get; }

    /// <summary>Runs the verb. Every fault is logged as an error with its code (docs/errors.md).</summary>
    /// <returns>Whether no error was logged. A cancelled run has failed (D8M8002).</returns>
    public override bool Execute()
    {
        IReadOnlyDictionary<string, string> environment = ReadEnvironment();
        MirrorEventLevel shown = LogLevel.Read(environment, out Fault? levelFault);
        BuildLog log = new(Log, ProjectFile, GlobalProperties, shown);
        if (levelFault is not null)
        {
            log.Warn(levelFault);
        }

        try
        {
            EventPump events = new();
            events.Run(() => RunAsync(environment, events), log.Write);
            if (!log.HasErrors && ResultPath is { } path)
            {
                log.Result(path);
            }
        }
        catch (MirrorException exception)
        {
            foreach (Fault fault in exception.Faults)
            {
                log.Fail(fault);
            }

            log.Detail(exception.ToString());
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            log.Fail(new Fault(
                FaultCode.Cancelled, $"The {Verb} was cancelled.", "Run the target again to finish it."));
        }
        catch (Exception exception)
        {
            log.Fail(new Fault(
                FaultCode.Defect,
                $"The {Verb} stopped at a defect of its own: {exception.GetType().Name}: {exception.Message}",
                "Please report it with the log of a build with -v:diagnostic."));
            log.Detail(exception.ToString());
        }

        return !log.HasErrors;
    }

    /// <summary>Asks the run to end. May be called from any thread, before the run, after it, and repeatedly.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>What the run made, for the closing line; <see langword="null"/>: nothing.</summary>
    private protected virtual string? ResultPath => null;

    private IEnumerable<string> GlobalProperties =>
        BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];

    private protected abstract Task RunAsync(MirrorRun run, CancellationToken cancellationToken);

    private Task RunAsync(IReadOnlyDictionary<string, string> environment, IProgress<MirrorEvent> progress)
    {
        _cancellation.Token.ThrowIfCancellationRequested();
        RefuseSecrets();
        MirrorRun run = new(
            CreateEngine(environment),
            TaskValues.Collect(this, Path.GetDirectoryName(ProjectFile)!),
            environment,
            progress);
        return RunAsync(run, _cancellation.Token);
    }

    private void RefuseSecrets()
    {
        if (SecretProperties.Length > 0)
        {
            throw new MirrorException(new Fault(
                FaultCode.SecretInProperty,
                $"A secret is set as a property ({string.Join(", ", SecretProperties.Select(item => item.ItemSpec))}), "
                    + "and properties are written into build logs.",
                "Remove it, also an environment variable of that name; replace the secret if such a log was shared; "
                    + "then set the variable D8_MIRROR_LICENSE_TOKEN, D8_MIRROR_SOURCE_PASSWORD or "
                    + "D8_MIRROR_REGISTRY_PASSWORD instead.")
            {
                Settings = [.. SecretProperties.Select(item => new SettingReference(item.ItemSpec))],
            });
        }
    }
}
