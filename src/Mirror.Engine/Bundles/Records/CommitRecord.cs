using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Records;

/// <summary>Every rename and deletion that makes a finished bundle visible, in order.</summary>
internal sealed record CommitRecord
{
    public const string CurrentFormat = "deckhouse-mirror/commit/1";

    public required string Format { get; init; }

    public required ImmutableArray<CommitStep> Steps { get; init; }
}

/// <summary>One step of a commit: rename <paramref name="From"/> to <paramref name="To"/>, or delete it.</summary>
/// <param name="From">A file name of the bundle folder.</param>
/// <param name="To">The new name; <see langword="null"/>: the file is deleted.</param>
/// <param name="While">
/// The step is done only while this file is there: a deletion of what a later step puts in its place can be repeated.
/// </param>
internal sealed record CommitStep(string From, string? To = null, string? While = null)
{
    /// <summary>
    /// Whether it lets something appear or go that speaks of other files: the first chunk says that its set is there,
    /// an inventory or sum says what lies beside it. A whole archive that goes makes room for a set.
    /// </summary>
    public bool IsSign => (To ?? From) is var name
        && (ChunkName.Parse(name) is { Number: 0 }
            || BundleNames.InventoriedBy(name) is not null
            || BundleNames.SummedBy(name) is not null
            || (To is null && BundleNames.IsArchive(name)));
}
