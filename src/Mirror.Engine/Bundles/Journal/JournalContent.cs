using Mirror.Engine.Bundles.Writing;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>What a journal says, up to its first line that is not whole. A hint: nothing of it is proven.</summary>
/// <param name="Header">The archive.</param>
/// <param name="Written">Blobs that were verified, in the order they were recorded.</param>
/// <param name="DurableCount">How many of them, from the first, were flushed before that was recorded.</param>
/// <param name="Begun">Blobs of which only the first bytes came.</param>
internal sealed record JournalContent(
    JournalHeader Header,
    ImmutableArray<JournalExtent> Written,
    int DurableCount,
    ImmutableArray<JournalExtent> Begun);

/// <summary>
/// What a journal is about. The place tells these very files, on this start of this machine, from copies of them (<see
/// cref="ArchiveParts.Place"/>).
/// </summary>
internal sealed record JournalHeader(string Archive, string Fingerprint, long Length, long ChunkBytes, string Place);

/// <summary>A blob in an archive, or the first bytes of one; the digest is that of the whole blob.</summary>
internal readonly record struct JournalExtent(long Offset, long Size, Digest Digest);
