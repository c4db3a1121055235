namespace Mirror.Engine;

/// <summary>A repository of a target, compared with what should be there.</summary>
/// <param name="Archive">The archive of a bundle that its images belong to; empty when that is not known.</param>
/// <param name="Path">The path in a bundle: empty for the root, <c>install</c>, <c>modules/console</c>.</param>
/// <param name="Repository">The repository at the target, without host.</param>
/// <param name="There">Tags that stand for what they should, with all that was asked for.</param>
/// <param name="Missing">Tags that are not there.</param>
/// <param name="Different">Tags that stand for another image.</param>
/// <param name="Damaged">Tags whose image is there, but not all of its content.</param>
/// <param name="Extra">
/// Tags of the repository that nothing names; <see langword="null"/>: the target does not list tags.
/// </param>
public sealed record CheckedRepository(
    string Archive, string Path, string Repository, int There, int Missing, int Different, int Damaged, int? Extra);
