using Cake.DeckhouseMirror;
using Cake.Frosting;

namespace Airgap;

/// <summary>Verifies the bundle: sums, archives, images.</summary>
[TaskName("Verify")]
[TaskDescription("Verifies the bundle: sums, archives, images.")]
public sealed class VerifyTask : AsyncFrostingTask<MirrorContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(MirrorContext context)
    {
        await context.VerifyGostDigestAsync(context.Bundle);
        await context.D8MirrorVerifyAsync(context.Bundle);
    }
}
