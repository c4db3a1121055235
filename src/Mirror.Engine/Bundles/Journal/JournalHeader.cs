using Mirror.Engine.Bundles.Writing;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>What a journal is about.</summary>
/// <param name="Archive">The name of the archive.</param>
/// <param name="Fingerprint">That of its layout.</param>
/// <param name="Length">Its length.</param>
/// <param name="ChunkBytes">The largest of its files; 0: it is one file.</param>
/// <param name="Place">
/// Tells these very files, on this start of this machine, from copies of them (<see cref="ArchiveParts.Place"/>).
/// </param>
internal sealed record JournalHeader(string Archive, string Fingerprint, long Length, long ChunkBytes, string Place);
