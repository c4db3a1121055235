using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What pull and plan share: how the bundle is written.</summary>
public abstract class PullSettingsTask : SelectionTask
{
    private protected PullSettingsTask()
    {
    }

    /// <summary>The folder of the bundle. Required (D8M1001).</summary>
    public string? BundleDirectory { get; set; }

    /// <summary>
    /// The largest file of the bundle: decimal gigabytes, or a size as <c>500MB</c>, <c>4GiB</c>. Default 0: archives
    /// are not split.
    /// </summary>
    public string? BundleChunkSize { get; set; }

    /// <summary><c>true</c>: write a GOST R 34.11-2012 sum beside each archive. Default <c>false</c>.</summary>
    public string? GostDigest { get; set; }

    /// <summary><c>true</c>: replace archives of the same name that another plan made. Default <c>false</c>.</summary>
    public string? Force { get; set; }

    /// <summary><c>true</c>: do not continue an interrupted pull. Default <c>false</c>.</summary>
    public string? NoPullResume { get; set; }

    /// <summary>The form of the bundle: <c>PathPreserving</c> (default) or <c>Legacy025</c>.</summary>
    public string? BundleFormat { get; set; }

    /// <summary>The size of all archives in bytes.</summary>
    [Output]
    public long BundleBytes { get; set; }

    private protected override void Return(MirrorPlan plan)
    {
        base.Return(plan);
        BundleBytes = plan.FileBytes;
    }
}
