using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>An archive that is open for reading: its entries by layout, and their bytes at their offset.</summary>
internal sealed class ArchiveReader(
    StoredArchive archive, IDiskFile file, ImmutableArray<ScannedEntry> entries, ArchiveEnd end) : IDisposable
{
    private readonly HashSet<long> _judged = [];

    public StoredArchive Archive => archive;

    public long Length => file.Length;

    public ImmutableArray<ScannedEntry> Entries => entries;

    public ArchiveEnd End => end;

    /// <summary>Whether nothing was found wrong with its layouts.</summary>
    public bool IsSound { get; set; }

    /// <summary>Opens and scans an archive.</summary>
    /// <exception cref="MirrorException">D8M6004, D8M6005, D8M6007, D8M6008.</exception>
    public static ArchiveReader Open(IDisk disk, StoredArchive archive, CancellationToken cancellationToken)
    {
        IDiskFile file = ChunkedFile.OpenRead(disk, archive);
        try
        {
            ImmutableArray<ScannedEntry> entries =
                TarScan.Scan(file, archive.Label, cancellationToken, out ArchiveEnd end);
            return new ArchiveReader(archive, file, entries, end);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads from an entry; fewer bytes than asked for only at its end, or when the file became shorter.
    /// </summary>
    public int Read(ScannedEntry entry, long offset, Span<byte> buffer)
    {
        int length = (int)long.Min(buffer.Length, long.Max(0, entry.Size - offset));
        try
        {
            return file.ReadFully(buffer[..length], entry.DataOffset + offset);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, archive.PathOf(archive.Name), "read");
        }
    }

    /// <summary>A small entry whole; its size is bounded before anything is allocated.</summary>
    /// <exception cref="FormatException">It is larger than the limit.</exception>
    public byte[] ReadWhole(ScannedEntry entry, int limit)
    {
        if (entry.Size > limit)
        {
            throw new FormatException(
                $"{entry.Path} has {ByteCount.Format(entry.Size)}, more than the {ByteCount.Format(limit)} allowed");
        }

        byte[] content = new byte[entry.Size];
        int read = Read(entry, 0, content);
        return read == content.Length ? content : content[..read];
    }

    /// <summary>Notes that an entry was compared with its digest, or is known to be wrong.</summary>
    public void NoteJudged(ScannedEntry entry) => _judged.Add(entry.DataOffset);

    public bool IsJudged(ScannedEntry entry) => _judged.Contains(entry.DataOffset);

    /// <summary>An entry for people, with the chunks it lies in.</summary>
    public string NameOf(ScannedEntry entry) =>
        file is ChunkedFile set ? $"{entry.Path} (in {set.PartsOf(entry.DataOffset, entry.Size)})" : entry.Path;

    /// <summary>The fingerprint that a plan of these entries has; see <see cref="ArchiveLayout"/>.</summary>
    /// <exception cref="FormatException">An index is too large.</exception>
    public string Fingerprint()
    {
        using Fingerprint fingerprint = new();
        foreach (ScannedEntry entry in Entries)
        {
            fingerprint.Add(entry.Path, entry.Size, entry.FileName is null
                ? entry.Digest
                : Digest.OfSha256(ReadWhole(entry, LayoutIndex.LargestIndex)));
        }

        return fingerprint.ToText();
    }

    public void Dispose() => file.Dispose();
}
