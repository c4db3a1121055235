using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Makes a full bundle out of a delta and the bundles before it.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorMerge : MirrorTask
{
    /// <summary>
    /// The images of the bundle, one item per image and archive, with the metadata <c>Repository</c>, <c>Tag</c>,
    /// <c>Digest</c>, <c>MediaType</c>, <c>Size</c> and <c>Archive</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>
    /// The files of the bundle: the full path, with the metadata <c>Size</c> (bytes), <c>Images</c> (how many) and
    /// <c>GostDigest</c> (64 hex digits, if sums were asked for).
    /// </summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>What must travel: the files of the bundle with their checksums and records. Full paths.</summary>
    [Output]
    public ITaskItem[] BundleFiles { get; set; } = [];

    /// <summary>The number of images over all archives.</summary>
    [Output]
    public long ImageCount { get; set; }

    /// <summary>The size of all archives in bytes.</summary>
    [Output]
    public long BundleBytes { get; set; }

    /// <summary><c>true</c> if the folder has other images than before; else <c>false</c>.</summary>
    [Output]
    public string Changed { get; set; } = "";

    /// <summary>The id of the images: equal content has the same id wherever it is (docs/lock.md).</summary>
    [Output]
    public string StateId { get; set; } = "";

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorMergeSettings settings = run.Read<MirrorMergeSettings>(MirrorVerb.Merge);
        MirrorReport report =
            await run.Engine.MergeAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Images = [.. report.Plan.Archives.SelectMany(ReportItems.ImagesOf)];
        Archives = [.. report.Files.Select(ReportItems.FileOf)];
        BundleFiles = [.. run.Host.FindCarriedFiles(report.Files).Select(ReportItems.PathOf)];
        ImageCount = report.Plan.ImageCount;
        BundleBytes = report.Plan.FileBytes;
        Changed = ReportItems.TextOf(report.HasChanged);
        StateId = report.Plan.StateId;
        return settings.BundleDirectory;
    }
}
