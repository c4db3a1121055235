using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Copies what a pull would select straight into a registry, without a bundle.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorSync : PlannedTask
{
    /// <summary>
    /// The repositories of the target, with the metadata <c>Pushed</c> and <c>AlreadyThere</c> (numbers of tags).
    /// </summary>
    [Output]
    public ITaskItem[] Repositories { get; set; } = [];

    /// <summary>The number of tags that were written.</summary>
    [Output]
    public long PushedCount { get; set; }

    /// <summary>The number of tags that were there as planned before.</summary>
    [Output]
    public long AlreadyThereCount { get; set; }

    /// <summary>Bytes that were sent as blobs.</summary>
    [Output]
    public long SentBytes { get; set; }

    /// <summary><c>true</c> if a tag was written; else <c>false</c>.</summary>
    [Output]
    public string Changed { get; set; } = "";

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorSyncSettings settings = run.Read<MirrorSyncSettings>(MirrorVerb.Sync);
        MirrorReport report =
            await run.Engine.SyncAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Return(report.Plan);
        Repositories = [.. report.Repositories.Select(ReportItems.RepositoryOf)];
        PushedCount = report.Repositories.Sum(repository => repository.Pushed);
        AlreadyThereCount = report.Repositories.Sum(repository => repository.AlreadyThere);
        SentBytes = report.TransferredBytes;
        NewBytes = report.TransferredBytes;
        Changed = ReportItems.TextOf(report.HasChanged);
        return report.Plan.Target;
    }
}
