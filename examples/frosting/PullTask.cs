using Cake.Common.Diagnostics;
using Cake.DeckhouseMirror;
using Cake.Frosting;

namespace Airgap;

/// <summary>Pulls the source into the bundle.</summary>
[TaskName("Pull")]
[TaskDescription("Pulls the source into the bundle.")]
public sealed class PullTask : AsyncFrostingTask<MirrorContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(MirrorContext context)
    {
        var report = await context.D8MirrorPullAsync(context.Pull);
        context.Information(report);
    }
}
