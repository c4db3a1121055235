using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace Airgap;

/// <summary>What is said before the first and after the last task, also when one failed or was interrupted.</summary>
public sealed class MirrorLifetime : FrostingLifetime<MirrorContext>
{
    /// <inheritdoc/>
    public override void Setup(MirrorContext context, ISetupContext info) =>
        context.Information("The bundle is in {0}", context.Bundle);

    /// <inheritdoc/>
    public override void Teardown(MirrorContext context, ITeardownContext info) =>
        context.Information(info.Successful ? "All tasks succeeded" : "A task failed: run it again to continue");
}
