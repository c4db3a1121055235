using Cake.Common.Diagnostics;
using Cake.DeckhouseMirror;
using Cake.Frosting;

namespace Airgap;

/// <summary>Pushes the bundle, once it is verified.</summary>
[TaskName("Push")]
[TaskDescription("Pushes the bundle, once it is verified.")]
[IsDependentOn(typeof(VerifyTask))]
public sealed class PushTask : AsyncFrostingTask<MirrorContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(MirrorContext context)
    {
        var report = await context.D8MirrorPushAsync(context.Push);
        context.Information(report);
    }
}
