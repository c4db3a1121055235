using Mirror.Engine.Events;

namespace Mirror.Engine.Flows.Runs;

/// <summary>Passes warnings on and keeps them for the report.</summary>
internal sealed class WarningLog(EventSink events)
{
    private readonly List<Fault> _warnings = [];

    public ImmutableArray<Fault> Warnings => [.. _warnings];

    public void Add(IEnumerable<Fault> warnings)
    {
        foreach (Fault warning in warnings)
        {
            _warnings.Add(events.Secrets.Redact(warning));
            events.Warn(warning);
        }
    }
}
