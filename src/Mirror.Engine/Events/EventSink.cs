using Mirror.Engine.Errors;

namespace Mirror.Engine.Events;

/// <summary>Where the stages of a run send their events: one listener, or none.</summary>
internal sealed class EventSink(IProgress<MirrorEvent>? listener)
{
    public static EventSink None { get; } = new(null);

    public void Milestone(string message) => Send(MirrorEventLevel.Milestone, message);

    public void Cause(string message) => Send(MirrorEventLevel.Cause, message);

    public void Decision(string message) => Send(MirrorEventLevel.Decision, message);

    public void Request(string message) => Send(MirrorEventLevel.Request, message);

    public void Warn(Fault fault) => listener?.Report(new WarningRaised(fault));

    public void Send(MirrorEvent value) => listener?.Report(value);

    private void Send(MirrorEventLevel level, string message) =>
        listener?.Report(new MirrorEvent(level, LogLine.Of(message)));
}
