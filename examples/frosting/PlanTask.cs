using Cake.Common.Diagnostics;
using Cake.DeckhouseMirror;
using Cake.Frosting;

namespace Airgap;

/// <summary>Says what a pull would move, and moves nothing.</summary>
[TaskName("Plan")]
[TaskDescription("Says what a pull would move, and moves nothing.")]
public sealed class PlanTask : AsyncFrostingTask<MirrorContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(MirrorContext context)
    {
        var plan = await context.D8MirrorPlanAsync(context.Pull);
        context.Information(plan);
    }
}
