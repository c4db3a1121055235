namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// Where everything lies in one archive. The fingerprint is the sha256 over paths, sizes, digests and metadata bytes,
/// in hex: equal for archives with equal bytes.
/// </summary>
internal sealed record ArchiveLayout(
    string Name, long Length, ImmutableArray<ArchiveEntry> Entries, string Fingerprint)
{
    /// <summary>The largest file of the archive; 0: it is one file.</summary>
    public long ChunkBytes { get; init; }

    public ImmutableArray<ArchivePart> Parts => ArchivePart.Cut(Name, Length, ChunkBytes);

    /// <summary>The first entry whose body begins at an offset or later; the last one when there is none.</summary>
    public int EntryFrom(long offset)
    {
        int low = 0;
        int high = Entries.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Entries[middle].DataOffset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
