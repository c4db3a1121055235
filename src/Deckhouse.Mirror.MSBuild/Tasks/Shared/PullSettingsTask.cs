using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What a pull, its plan and its lock share: how the bundle is written.</summary>
public abstract partial class PullSettingsTask : PlannedTask
{
    private protected PullSettingsTask()
    {
    }

    /// <summary>The size of all archives in bytes.</summary>
    [Output]
    public long BundleBytes { get; set; }

    /// <summary>
    /// Bytes of the layers that a delta leaves out because the target has them; 0: the bundle is whole.
    /// </summary>
    [Output]
    public long OmittedBytes { get; set; }

    /// <summary>The size of the bundle without a base, in bytes; without one, as <see cref="BundleBytes"/>.</summary>
    [Output]
    public long FullBytes { get; set; }

    private protected override void Return(MirrorPlan plan)
    {
        base.Return(plan);
        BundleBytes = plan.FileBytes;
        OmittedBytes = plan.OmittedBytes;
        FullBytes = plan.FullBytes;
    }
}
