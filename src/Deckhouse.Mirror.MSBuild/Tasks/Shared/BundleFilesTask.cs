using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>A task that only reads a bundle: its folder, single archives, or both.</summary>
public abstract partial class BundleFilesTask : MirrorTask
{
    private protected BundleFilesTask()
    {
    }

    /// <summary>
    /// The files that were read: the full path, with the metadata <c>Size</c> (bytes), <c>Images</c> (how many) and
    /// <c>GostDigest</c> (64 hex digits, where a sum was computed or checked).
    /// </summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>
    /// What must travel: the files that were read, and the checksums and records beside them. Full paths.
    /// </summary>
    [Output]
    public ITaskItem[] BundleFiles { get; set; } = [];

    private protected void Return(MirrorRun run, IReadOnlyCollection<ReportedFile> files)
    {
        Archives = [.. files.Select(ReportItems.FileOf)];
        BundleFiles = [.. run.Host.FindCarriedFiles(files).Select(ReportItems.PathOf)];
    }
}
