namespace Mirror.Benchmarks.Child;

/// <summary>An image that a plan wants.</summary>
/// <param name="Repository">Its repository at the source, without host.</param>
/// <param name="Tag">The tag it is pushed under.</param>
/// <param name="Digest">The digest of its manifest.</param>
internal sealed record ImageReference(string Repository, string Tag, string Digest);
