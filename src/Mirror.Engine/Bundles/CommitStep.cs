namespace Mirror.Engine.Bundles;

/// <summary>One step of a commit: rename <paramref name="From"/> to <paramref name="To"/>, or delete it.</summary>
/// <param name="From">A file name of the bundle folder.</param>
/// <param name="To">The new name; <see langword="null"/>: the file is deleted.</param>
internal sealed record CommitStep(string From, string? To = null);
