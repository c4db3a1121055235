using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Pushes a bundle into a registry, straight out of its archives.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorPush : ConnectionTask
{
    /// <summary>
    /// The images at the target, one item per image and archive: the reference, with the metadata <c>Repository</c>,
    /// <c>Tag</c>, <c>Digest</c>, <c>MediaType</c>, <c>Size</c> and <c>Archive</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

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

    /// <summary>The id of the images: equal content has the same id wherever it is (docs/lock.md).</summary>
    [Output]
    public string StateId { get; set; } = "";

    /// <summary>As <see cref="SentBytes"/>.</summary>
    [Output]
    public long NewBytes { get; set; }

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorPushSettings settings = run.Read<MirrorPushSettings>(MirrorVerb.Push);
        MirrorReport report =
            await run.Engine.PushAsync(settings, run.Progress, cancellationToken).ConfigureAwait(false);
        Images = [.. report.Plan.Archives.SelectMany(ReportItems.ImagesOf)];
        Repositories = [.. report.Repositories.Select(ReportItems.RepositoryOf)];
        PushedCount = report.Repositories.Sum(repository => repository.Pushed);
        AlreadyThereCount = report.Repositories.Sum(repository => repository.AlreadyThere);
        SentBytes = report.TransferredBytes;
        NewBytes = report.TransferredBytes;
        Changed = ReportItems.TextOf(report.HasChanged);
        StateId = report.Plan.StateId;
        return report.Plan.Target;
    }
}
