using Mirror.Engine.Events;
using Mirror.Engine.Flows.Runs;

namespace Mirror.Engine.Flows;

internal sealed class InventoryFlow(EngineParts parts, EventSink events)
{
    public Task<MirrorInventory> RunAsync(
        MirrorInventorySettings settings, RunReport report, CancellationToken cancellationToken) =>
        throw new NotImplementedException($"{parts} {events} {settings} {report} {cancellationToken}");
}
