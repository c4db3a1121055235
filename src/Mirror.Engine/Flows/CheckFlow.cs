using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;

namespace Mirror.Engine.Flows;

internal sealed class CheckFlow(EngineParts parts, EventSink events)
{
    public Task<MirrorCheckResult> RunAsync(
        MirrorCheckSettings settings, RunReport report, CancellationToken cancellationToken) =>
        throw new NotImplementedException($"{parts} {events} {settings} {report} {cancellationToken}");
}
