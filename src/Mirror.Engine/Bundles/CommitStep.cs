namespace Mirror.Engine.Bundles;

/// <summary>One step of a commit: rename <paramref name="From"/> to <paramref name="To"/>, or delete it.</summary>
/// <param name="From">A file name of the bundle folder.</param>
/// <param name="To">The new name; <see langword="null"/>: the file is deleted.</param>
/// <param name="While">
/// The step is done only while this file is there: a deletion of what a later step puts in its place can be repeated.
/// </param>
internal sealed record CommitStep(string From, string? To = null, string? While = null)
{
    /// <summary>Whether it is about the first chunk of a set, without which the set is not there.</summary>
    public bool IsOfFirstChunk => ChunkName.Parse(To ?? From) is { Number: 0 };
}
