using Mirror.Engine.Errors;

namespace Mirror.Engine.Events;

/// <summary>
/// Where the stages of a run send their events: one listener, or none. No secret of the run passes.
/// </summary>
internal sealed class EventSink(IProgress<MirrorEvent>? listener)
{
    public static EventSink None => new(null);

    private ImmutableArray<Fault> _warnings = [];

    /// <summary>The warnings of this run so far, in order.</summary>
    public ImmutableArray<Fault> Warnings => _warnings;

    /// <summary>The secrets of this run; whoever reads or receives one adds it.</summary>
    public Redactor Secrets { get; } = new();

    public void Milestone(string message) => Send(MirrorEventLevel.Milestone, message);

    public void Cause(string message) => Send(MirrorEventLevel.Cause, message);

    public void Decision(string message) => Send(MirrorEventLevel.Decision, message);

    public void Request(string message) => Send(MirrorEventLevel.Request, message);

    public void Warn(Fault fault)
    {
        Fault told = Secrets.Redact(fault);
        ImmutableInterlocked.Update(ref _warnings, static (warnings, warning) => warnings.Add(warning), told);
        listener?.Report(new WarningRaised(told));
    }

    public void Send(MirrorEvent value) => listener?.Report(value);

    private void Send(MirrorEventLevel level, string message) =>
        listener?.Report(new MirrorEvent(level, LogLine.Sanitize(Secrets.Redact(message))));
}
