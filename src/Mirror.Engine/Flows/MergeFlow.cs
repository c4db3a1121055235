using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;

namespace Mirror.Engine.Flows;

internal sealed class MergeFlow(EngineParts parts, EventSink events)
{
    public Task<MirrorReport> RunAsync(
        MirrorMergeSettings settings, RunReport report, CancellationToken cancellationToken) =>
        throw new NotImplementedException($"{parts} {events} {settings} {report} {cancellationToken}");
}
