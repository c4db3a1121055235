using Microsoft.Build.Framework;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>Compares two states of a mirror. Changes are a result, never a failure.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class D8MirrorDiff : SelectionTask
{
    /// <summary>
    /// The tags that are not the same in both states: path and tag, with the metadata <c>Kind</c> (<c>added</c>,
    /// <c>moved</c> or <c>gone</c>), <c>Archive</c>, <c>Path</c>, <c>Tag</c>, <c>Was</c> and <c>Digest</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Changes { get; set; } = [];

    /// <summary><c>true</c> if a tag is new, moved or gone; else <c>false</c>.</summary>
    [Output]
    public string Changed { get; set; } = "";

    /// <summary>The id of the diff, which a pull or push can be bound to.</summary>
    [Output]
    public string DiffId { get; set; } = "";

    /// <summary>The id of the state after.</summary>
    [Output]
    public string StateId { get; set; } = "";

    /// <summary>Bytes that only the state after has, as far as they are known.</summary>
    [Output]
    public long NewBytes { get; set; }

    private protected override async Task<string?> RunAsync(MirrorRun run, CancellationToken cancellationToken)
    {
        MirrorDiff diff = await run.Engine
            .DiffAsync(run.Read<MirrorDiffSettings>(MirrorVerb.Diff), run.Progress, cancellationToken)
            .ConfigureAwait(false);
        Changes =
        [
            .. diff.Added.Select(image => ReportItems.ChangeOf("added", image)),
            .. diff.Moved.Select(image => ReportItems.ChangeOf("moved", image)),
            .. diff.Gone.Select(image => ReportItems.ChangeOf("gone", image)),
        ];
        Changed = ReportItems.TextOf(!diff.IsEmpty);
        DiffId = diff.Id;
        StateId = diff.To.StateId;
        NewBytes = diff.Bytes.New;
        return diff.ToString();
    }
}
