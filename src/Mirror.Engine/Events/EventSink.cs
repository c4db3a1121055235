using Mirror.Engine.Errors;

namespace Mirror.Engine.Events;

/// <summary>
/// Where the stages of a run send their events: one listener, or none. No secret of the run passes.
/// </summary>
internal sealed class EventSink(IProgress<MirrorEvent>? listener)
{
    public static EventSink None => new(null);

    /// <summary>The secrets of this run; whoever reads or receives one adds it.</summary>
    public Redactor Secrets { get; } = new();

    public void Milestone(string message) => Send(MirrorEventLevel.Milestone, message);

    public void Cause(string message) => Send(MirrorEventLevel.Cause, message);

    public void Decision(string message) => Send(MirrorEventLevel.Decision, message);

    public void Request(string message) => Send(MirrorEventLevel.Request, message);

    public void Warn(Fault fault) => listener?.Report(new WarningRaised(Secrets.Redact(fault)));

    public void Send(MirrorEvent value) => listener?.Report(value);

    private void Send(MirrorEventLevel level, string message) =>
        listener?.Report(new MirrorEvent(level, LogLine.Sanitize(Secrets.Redact(message))));
}
