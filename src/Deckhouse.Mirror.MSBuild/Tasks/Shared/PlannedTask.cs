using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What the tasks that make a plan share: the images and totals of the plan as output.</summary>
public abstract class PlannedTask : SelectionTask
{
    private protected PlannedTask()
    {
    }

    /// <summary>
    /// The images of the plan, one item per image and archive: the image's reference, with the metadata
    /// <c>Repository</c>, <c>Tag</c>, <c>Digest</c>, <c>MediaType</c>, <c>Size</c> (bytes of manifest, config and
    /// layers), <c>Archive</c> and <c>Reason</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The number of images over all archives.</summary>
    [Output]
    public long ImageCount { get; set; }

    /// <summary>
    /// Bytes to download: each piece of content once, without what archives in the bundle's folder hold.
    /// </summary>
    [Output]
    public long TransferBytes { get; set; }

    /// <summary>The id of the images: equal content has the same id wherever it is (docs/lock.md).</summary>
    [Output]
    public string StateId { get; set; } = "";

    /// <summary>
    /// Bytes to download, as <see cref="TransferBytes"/>; of a sync, the bytes that were sent; of a lock that was there
    /// before, bytes that it did not name, as far as they are known.
    /// </summary>
    [Output]
    public long NewBytes { get; set; }

    private protected virtual void Return(MirrorPlan plan)
    {
        Images = [.. plan.Archives.SelectMany(ReportItems.ImagesOf)];
        ImageCount = plan.ImageCount;
        TransferBytes = plan.DownloadBytes;
        StateId = plan.StateId;
        NewBytes = plan.DownloadBytes;
    }
}
