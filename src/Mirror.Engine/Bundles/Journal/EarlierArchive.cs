using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>What an earlier run left of an archive: its unpublished files and the journal beside them.</summary>
/// <param name="Name">The archive, or the name it was set aside under.</param>
/// <param name="Journal">What its journal says.</param>
/// <param name="Parts">Its files.</param>
internal sealed record EarlierArchive(string Name, JournalContent Journal, ImmutableArray<ArchivePart> Parts)
{
    public long Bytes => Journal.Header.Length;

    public IEnumerable<string> FileNames =>
        Parts.Select(part => part.StagedName).Append(BundleNames.Journal(Name));

    /// <summary>
    /// Reads the journal of that name; <see langword="null"/> when there is none of our format, or when it claims more
    /// files than there can be.
    /// </summary>
    public static EarlierArchive? Read(BundleFolder folder, string name, int mostParts)
    {
        if (folder.Read(BundleNames.Journal(name)) is not { } content
            || JournalLines.Read(content) is not { } journal
            || (journal.Header.Archive != name && BundleNames.Aside(journal.Header.Archive) != name))
        {
            return null;
        }

        JournalHeader header = journal.Header;
        bool isPossible = header.ChunkBytes == 0 || (header.Length - 1) / header.ChunkBytes < mostParts;
        return isPossible
            ? new EarlierArchive(name, journal, ArchivePart.Cut(name, header.Length, header.ChunkBytes))
            : null;
    }

    public bool IsWhole(BundleFolder folder) =>
        Parts.All(part => folder.LengthOf(part.StagedName) == part.Length);

    public bool Fits(ArchiveLayout layout) =>
        Journal.Header.Fingerprint == layout.Fingerprint
        && Journal.Header.Length == layout.Length
        && Journal.Header.ChunkBytes == layout.ChunkBytes;

    /// <summary>
    /// Renames everything, so that a changed archive can be made beside it. The journal first: a run that stops in
    /// between is completed by calling this again.
    /// </summary>
    public EarlierArchive SetAside(BundleFolder folder)
    {
        string archive = Journal.Header.Archive;
        string aside = BundleNames.Aside(archive);
        Move(BundleNames.Journal(archive), BundleNames.Journal(aside));
        ImmutableArray<ArchivePart> to = ArchivePart.Cut(aside, Bytes, Journal.Header.ChunkBytes);
        foreach ((ArchivePart from, ArchivePart moved) in
            ArchivePart.Cut(archive, Bytes, Journal.Header.ChunkBytes).Zip(to))
        {
            Move(from.StagedName, moved.StagedName);
        }

        folder.Flush();
        return new EarlierArchive(aside, Journal, to);

        void Move(string name, string newName)
        {
            if (folder.Exists(name) && !folder.Exists(newName))
            {
                folder.Rename(name, newName);
            }
        }
    }

    /// <summary>Deletes everything, the journal last: it is what says that the files are ours.</summary>
    public void Delete(BundleFolder folder)
    {
        foreach (string name in FileNames)
        {
            folder.Delete(name);
        }
    }
}
