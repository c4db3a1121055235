using Mirror.Engine.Flows;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Hosting;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine;

/// <summary>
/// What front ends have in common: settings read from texts, paths completed, events written in order and one at a
/// time, a summary where a CI system shows one, and every expected failure as a <see cref="MirrorException"/>. One host
/// serves any number of runs.
/// </summary>
/// <remarks>
/// A front end adds what only it knows: the names of settings (<see cref="SettingNames"/>), the folder that relative
/// paths start from, its log, and what cancels a run. docs/architecture.md#write-a-front-end has an example.
/// </remarks>
/// <example>
/// <code>
/// MirrorHost host = new((value, detail) =&gt; Console.WriteLine(value.Message), Path.GetFullPath);
/// MirrorPullSettings settings = new() { BundleDirectory = "bundle" };
/// MirrorReport report = host.Run((engine, progress) =&gt; engine.PullAsync(settings, progress));
/// </code>
/// </example>
public sealed class MirrorHost
{
    private readonly Action<MirrorEvent, LogDetail> _write;
    private readonly EngineParts _parts;
    private readonly FullPaths _paths;
    private readonly HostedEngine _engine;
    private readonly MirrorEventLevel _shown;
    private readonly Fault? _levelFault;

    /// <summary>Creates a host.</summary>
    /// <param name="write">
    /// Writes an event to the log, if the log has at least the given verbosity. Warnings are
    /// <see cref="WarningRaised"/>, progress is <see cref="TransferProgressed"/>, and <see cref="CommandRaised"/> goes
    /// to standard output instead, as it is. A run calls it once at a time.
    /// </param>
    /// <param name="completePath">
    /// Makes a path of the settings fully qualified: <c>Path.GetFullPath</c> for a program whose relative paths start
    /// from the working directory. Not called for empty texts.
    /// </param>
    /// <param name="environment">
    /// The environment variables of the runs (docs/settings.md): the log level, credentials, the CI system. By default
    /// those of the process, read here once.
    /// </param>
    /// <param name="engine">What does the work; by default a <see cref="MirrorEngine"/> with these variables.</param>
    public MirrorHost(
        Action<MirrorEvent, LogDetail> write,
        Func<string, string> completePath,
        IReadOnlyDictionary<string, string>? environment = null,
        IMirrorEngine? engine = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(completePath);
        _write = write;
        _parts = new EngineParts(
            environment is null ? RunEnvironment.OfProcess() : new RunEnvironment(environment), TimeProvider.System);
        _paths = new FullPaths(completePath);
        _engine = new HostedEngine(engine ?? new MirrorEngine(_parts), _parts, _paths);
        _shown = LogLevel.Read(_parts.Environment, out _levelFault);
    }

    /// <summary>Makes settings out of texts, and checks them whole.</summary>
    /// <typeparam name="TSettings">The settings of the verb that is to run.</typeparam>
    /// <param name="names">The names that the texts come by.</param>
    /// <param name="values">
    /// The texts, each with its name, in any case. A name that comes repeatedly is a list. A text is written as
    /// docs/settings.md says; an empty one counts as not given.
    /// </param>
    /// <param name="verb">
    /// The verb that is to run; by default the one that the type of the settings is for. A plan has those of a pull.
    /// </param>
    /// <returns>The settings, with full paths.</returns>
    /// <exception cref="MirrorException">
    /// Names are unknown, texts are malformed, or the settings are wrong (D8M1xxx): everything at once. The report of
    /// the run, if one is wanted, has been written.
    /// </exception>
    public TSettings Read<TSettings>(
        SettingNames names, IEnumerable<KeyValuePair<string, string>> values, MirrorVerb? verb = null)
        where TSettings : MirrorSettings, new()
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        return new SettingsReader(names, _parts, _paths).Read<TSettings>(values, verb);
    }

    /// <summary>
    /// Runs verbs on the thread pool, and writes their events on the calling thread. Returns, or throws, after the last
    /// event was written; what the engine sends later is dropped.
    /// </summary>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="work">
    /// Calls the engine with the listener and a token of its own. The engine completes the paths of settings, and shows
    /// the summary of a run to the CI system (docs/report.md#summaries-in-ci).
    /// </param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="MirrorException">
    /// The run failed, or its token was cancelled (D8M8002), even if it was done by then. Other exceptions are those of
    /// the work itself.
    /// </exception>
    public TResult Run<TResult>(Func<IMirrorEngine, IProgress<MirrorEvent>, Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        WarnOfLevel();
        EventPump events = new();
        return events.Run(() => work(_engine, events), Write);
    }

    /// <summary>
    /// As <see cref="Run{TResult}"/>, without holding a thread: events are written one after the other, on any thread.
    /// </summary>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="work">As for <see cref="Run{TResult}"/>.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="MirrorException">As for <see cref="Run{TResult}"/>.</exception>
    public Task<TResult> RunAsync<TResult>(Func<IMirrorEngine, IProgress<MirrorEvent>, Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        WarnOfLevel();
        EventPump events = new();
        return events.RunAsync(() => work(_engine, events), Write);
    }

    /// <summary>Finds the files of a bundle that must travel together.</summary>
    /// <param name="files">The files of archives, as a report has them.</param>
    /// <returns>
    /// Full paths, each once: those files, and what is there beside them (checksums, inventories, the list of releases,
    /// the index of the bundle). What does not exist is left out.
    /// </returns>
    public ImmutableArray<string> FindCarriedFiles(IEnumerable<ReportedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return CarriedFiles.Find(_parts.Disk, files.Select(file => file.Path));
    }

    private void WarnOfLevel()
    {
        if (_levelFault is not null)
        {
            Write(new WarningRaised(_levelFault));
        }
    }

    private void Write(MirrorEvent value) => _write(value, value.Level switch
    {
        MirrorEventLevel level when level <= _shown => LogDetail.Normal,
        MirrorEventLevel.Cause or MirrorEventLevel.Decision => LogDetail.Verbose,
        _ => LogDetail.Diagnostic,
    });
}
