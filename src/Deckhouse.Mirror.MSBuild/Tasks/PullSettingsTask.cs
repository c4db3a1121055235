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

    private protected override void Return(MirrorPlan plan)
    {
        base.Return(plan);
        BundleBytes = plan.FileBytes;
    }
}
