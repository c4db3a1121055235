using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What a pull and its plan share: what the target has already, and what is left out because of it.</summary>
public abstract partial class DeltaTask : PullSettingsTask
{
    private protected DeltaTask()
    {
    }

    /// <summary>
    /// Bytes of the layers that a delta leaves out because the target has them; 0: the bundle is whole.
    /// </summary>
    [Output]
    public long OmittedBytes { get; set; }

    /// <summary>The size of the bundle without a base, in bytes; without one, as <c>BundleBytes</c>.</summary>
    [Output]
    public long FullBytes { get; set; }

    private protected override void Return(MirrorPlan plan)
    {
        base.Return(plan);
        OmittedBytes = plan.OmittedBytes;
        FullBytes = plan.FullBytes;
    }
}
