using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Report;
using Mirror.Engine.Settings;

namespace Mirror.Engine;

/// <summary>Replaced by the engine of the branch "main".</summary>
internal sealed class MirrorEngine(IReadOnlyDictionary<string, string> environment, TimeProvider time) : IMirrorEngine
{
    public Task<MirrorPlan> PlanAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{environment.Count} {time}");

    public Task<MirrorReport> PullAsync(
        MirrorPullSettings settings, IProgress<MirrorEvent>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{environment.Count} {time}");
}
