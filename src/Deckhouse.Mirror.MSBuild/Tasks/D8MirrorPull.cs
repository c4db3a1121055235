using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Pulls a Deckhouse source into a bundle.</summary>
[MSBuildMultiThreadableTask]
public sealed class D8MirrorPull : PullSettingsTask
{
    /// <summary>
    /// The files of the bundle: the full path, with the metadata <c>Size</c> (bytes), <c>Images</c> (how many) and
    /// <c>GostDigest</c> (64 hex digits, if sums were asked for).
    /// </summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>What must travel: the files of the bundle with their checksums and records. Full paths.</summary>
    [Output]
    public ITaskItem[] BundleFiles { get; set; } = [];

    /// <summary><c>true</c> if the bundle has other images than before; else <c>false</c>.</summary>
    [Output]
    public string Changed { get; set; } = "";

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorPullSettings settings = run.Read<MirrorPullSettings>(MirrorVerb.Pull);
        MirrorReport report =
            await run.Engine.PullAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Return(report.Plan);
        Changed = ReportItems.TextOf(report.HasChanged);
        Archives = [.. report.Files.Select(ReportItems.FileOf)];
        BundleFiles = [.. run.Host.FindCarriedFiles(report.Files).Select(ReportItems.PathOf)];
        return settings.BundleDirectory;
    }
}
