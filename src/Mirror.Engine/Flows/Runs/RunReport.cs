using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Events;
using Mirror.Engine.Report;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Report.Targets;

namespace Mirror.Engine.Flows.Runs;

/// <summary>
/// What remains of a run, however it ends: the file that was asked for, and, if the run succeeded, a summary for the
/// host. Whatever an earlier run of the verb left in the file is gone once this run has started, so no old success
/// stands beside a new failure.
/// </summary>
/// <param name="verb">What the run is.</param>
/// <param name="file">The setting, if the file is wanted.</param>
/// <param name="outputs">What later steps of a pipeline read, if it is wanted.</param>
/// <param name="parts">Clock and disk.</param>
/// <param name="events">The events of the run.</param>
internal sealed class RunReport(
    MirrorVerb verb, string? file, OutputsFile? outputs, EngineParts parts, EventSink events)
{
    private readonly DateTimeOffset _started = parts.Time.GetUtcNow();
    private readonly string? _path = ReportFile.PathOf(file, verb);
    private Func<string, RunOutcome, string> _renderDone = ReportFile.Render;
    private Func<string, RunOutcome, string> _renderFailed = ReportFile.Render;
    private ReportSummary? _summary;
    private RunOutputs _outputs = new();
    private bool _isWritable;

    /// <summary>
    /// Tries the paths of the files and deletes the report of an earlier run. Called with the check of settings, to
    /// report everything together; a path that this check refuses is left alone.
    /// </summary>
    /// <returns>Why a file cannot be written; empty: each can, or none is wanted.</returns>
    public ImmutableArray<Fault> Prepare()
    {
        ImmutableArray<Fault> faults = outputs?.Prepare() ?? [];
        if (!ReportFile.IsWellFormed(_path))
        {
            return faults;
        }

        Fault? fault = ReportFile.Prepare(parts.Disk, _path!, verb);
        _isWritable = fault is null;
        return fault is null ? faults : [fault, .. faults];
    }

    /// <summary>Takes the result of a plan.</summary>
    public void Add(MirrorPlan plan, BundleChanges? changes)
    {
        _renderDone = (path, outcome) => ReportFile.Render(path, outcome, plan, changes);
        _summary = ReportSummary.Create(plan, changes);
        _outputs = RunOutputs.From(plan);
    }

    /// <summary>Takes the result of a lock.</summary>
    public void Add(MirrorLockResult result)
    {
        if (result.Changes is { } changes)
        {
            Add(changes);
        }
        else
        {
            Add(result.Plan, changes: null);
        }

        _outputs = RunOutputs.From(result);
    }

    /// <summary>Takes the result of a run.</summary>
    public void Add(MirrorReport report)
    {
        _renderDone = (path, outcome) => ReportFile.Render(path, outcome, report);
        _summary = ReportSummary.Create(report);
        _outputs = RunOutputs.From(report);
    }

    /// <summary>Takes the result of a comparison.</summary>
    public void Add(MirrorDiff diff)
    {
        _renderDone = (path, outcome) => ReportFile.Render(path, outcome, diff);
        _summary = DiffMarkdown.Summarize(diff);
        _outputs = RunOutputs.From(diff);
    }

    /// <summary>Takes what a check found: who it is about wants the record of a failure above all.</summary>
    public void Add(MirrorCheckResult result)
    {
        _renderDone = _renderFailed = (path, outcome) => ReportFile.Render(path, outcome, result);
        _summary = CheckMarkdown.Summarize(result);
        _outputs = new RunOutputs { StateId = result.StateId };
    }

    /// <summary>Takes the result of an inventory.</summary>
    public void Add(MirrorInventory inventory)
    {
        _renderDone = (path, outcome) => ReportFile.Render(path, outcome, inventory);
        _summary = CheckMarkdown.Summarize(inventory);
        _outputs = new RunOutputs { StateId = inventory.StateId };
    }

    /// <summary>Takes what is known of checksums: auditors want the record of a failure above all.</summary>
    public void Add(GostRecord record)
    {
        _renderDone = _renderFailed = (path, outcome) => ReportFile.Render(path, outcome, record);
        _summary = ReportSummary.Create(record);
    }

    /// <summary>The run succeeded.</summary>
    /// <exception cref="MirrorException">D8M6001, D8M6004 or D8M6005: a file cannot be written.</exception>
    public void Complete()
    {
        Write(_renderDone, Outcome(RunResult.Succeeded));
        outputs?.Append(_outputs);
        if (_summary is not null)
        {
            events.Send(new RunSummarized(_summary));
        }
    }

    /// <summary>The run failed.</summary>
    /// <returns>The faults with those of the file, if it cannot be written.</returns>
    public ImmutableArray<Fault> Fail(ImmutableArray<Fault> faults) => TryWrite(RunResult.Failed, faults);

    /// <summary>
    /// The run was cancelled. A file that cannot be written is a warning: nobody gets a fault any more.
    /// </summary>
    /// <param name="fault">What the user is told.</param>
    public void Cancel(Fault fault)
    {
        foreach (Fault unwritten in TryWrite(RunResult.Cancelled, [fault]).Skip(1))
        {
            events.Warn(unwritten);
        }
    }

    /// <summary>What a cancelled run is for a user.</summary>
    public static Fault Cancelled(MirrorVerb verb, bool hasStarted = true) => new(
        FaultCode.Cancelled,
        $"The {VerbNames.Noun(verb)} was cancelled{(hasStarted ? "" : " before it started")}.",
        "Run it again to finish it.");

    private ImmutableArray<Fault> TryWrite(RunResult result, ImmutableArray<Fault> faults)
    {
        try
        {
            Write(_renderFailed, Outcome(result) with { Faults = faults, Warnings = events.Warnings });
            return faults;
        }
        catch (MirrorException exception)
        {
            return [.. faults, .. exception.Faults];
        }
    }

    private RunOutcome Outcome(RunResult result) => new(verb, result, _started, parts.Time.GetUtcNow());

    private void Write(Func<string, RunOutcome, string> render, RunOutcome outcome)
    {
        if (_isWritable)
        {
            // A file that could not be written once is not tried again.
            _isWritable = false;
            ReportFile.Write(parts.Disk, _path!, render(_path!, outcome));
        }
    }
}
