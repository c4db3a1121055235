namespace Mirror.Engine.Bundles.Journal;

/// <summary>A blob in an archive, or the first bytes of one.</summary>
/// <param name="Offset">Where the blob's body begins in the archive.</param>
/// <param name="Size">How many bytes of it are there.</param>
/// <param name="Digest">The digest of the whole blob.</param>
internal readonly record struct JournalExtent(long Offset, long Size, Digest Digest);
