using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Verifies a bundle: archives whole, every digest true, every image complete.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorVerify : BundleFilesTask
{
    /// <summary>
    /// The images of the archives, one item per image and archive, with the metadata <c>Repository</c>, <c>Tag</c>,
    /// <c>Digest</c>, <c>MediaType</c>, <c>Size</c> and <c>Archive</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The id of the images: equal content has the same id wherever it is (docs/lock.md).</summary>
    [Output]
    public string StateId { get; set; } = "";

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorReport report = await run.Engine.VerifyAsync(
            run.Read<MirrorVerifySettings>(MirrorVerb.Verify), run.Progress, cancellationToken).ConfigureAwait(false);
        Images = [.. report.Plan.Archives.SelectMany(ReportItems.ImagesOf)];
        StateId = report.Plan.StateId;
        Return(run, report.Files);
        return null;
    }
}
