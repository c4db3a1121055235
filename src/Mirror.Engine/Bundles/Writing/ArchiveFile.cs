using System.Collections;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Journal;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// One archive while it is written: headers, metadata and bodies at their offsets in its
/// <see cref="ArchiveParts"/>. Knows which entries are complete, and records it in the archive's journal.
/// </summary>
internal sealed class ArchiveFile(BundleFolder folder, ArchiveLayout layout, FlushSchedule flushes) : IDisposable
{
    private readonly BitArray _complete = new(layout.Entries.Length);
    private readonly Lock _completeGate = new();
    private readonly ArchiveParts _parts = new(folder, layout.Parts);
    private readonly Dictionary<int, long> _begun = [];

    /// <summary>Blobs that an earlier run says are here, and whether it flushed them to these very files.</summary>
    private readonly Dictionary<int, bool> _claimed = [];
    private ResumeJournal? _journal;
    private int _isDirty;

    public ArchiveLayout Layout => layout;

    /// <summary>Whether it was begun by an earlier run and its files are open.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Reserves the files, writes headers and metadata; padding and end are the reserve's zeros.</summary>
    public void Create(CancellationToken cancellationToken)
    {
        _parts.Create();
        WriteHeaders(cancellationToken);
        StartJournal();
    }

    /// <summary>
    /// Opens the files that an earlier run reserved for this very layout. False when they are not there any more.
    /// The journal only says what is worth hashing: nothing is complete before this run proved it.
    /// </summary>
    public bool TryResume(JournalContent journal)
    {
        if (!_parts.TryOpenExisting())
        {
            return false;
        }

        IsResumed = true;
        bool isSamePlace = _parts.Place() is { Length: > 0 } place && place == journal.Header.Place;
        for (int index = 0; index < journal.Written.Length; index++)
        {
            if (Find(journal.Written[index]) is { } entry
                && layout.Entries[entry].Size == journal.Written[index].Size)
            {
                _claimed[entry] = isSamePlace && index < journal.DurableCount;
            }
        }

        foreach (JournalExtent extent in journal.Begun)
        {
            if (Find(extent) is { } entry && !_claimed.ContainsKey(entry))
            {
                _begun[entry] = extent.Size;
            }
        }

        return true;
    }

    /// <summary>Writes headers, metadata and padding again, and a journal of the same claims.</summary>
    public void Continue(CancellationToken cancellationToken)
    {
        WriteHeaders(cancellationToken);
        StartJournal();
        foreach ((int entry, _) in _claimed.Where(claim => !claim.Value))
        {
            _journal!.Written(ExtentOf(entry));
        }

        foreach ((int entry, long bytes) in _begun)
        {
            NoteBegun(entry, bytes);
        }
    }

    /// <summary>Whether an earlier run says that the whole blob is here.</summary>
    public bool IsClaimed(int entry) => _claimed.ContainsKey(entry);

    /// <summary>Whether it had flushed the blob to these very files, so that only damage can have changed it.</summary>
    public bool IsClaimedDurable(int entry) => _claimed.GetValueOrDefault(entry);

    public bool IsComplete(int entry)
    {
        lock (_completeGate)
        {
            return _complete[entry];
        }
    }

    public long BegunBytes(int entry) => _begun.GetValueOrDefault(entry);

    /// <summary>Writes into the body of an entry; the caller has checked the bounds.</summary>
    public void Write(int entry, long offset, ReadOnlySpan<byte> content)
    {
        _parts.Write(content, layout.Entries[entry].DataOffset + offset);
        Volatile.Write(ref _isDirty, 1);
        flushes.Wrote(content.Length);
    }

    /// <summary>Reads from the body of an entry; 0 at its end.</summary>
    public int Read(int entry, long offset, Span<byte> buffer)
    {
        ArchiveEntry place = layout.Entries[entry];
        int length = (int)Math.Min(buffer.Length, Math.Max(0, place.Size - offset));
        return length == 0 ? 0 : _parts.Read(buffer[..length], place.DataOffset + offset);
    }

    /// <summary>Reads from the archive, perhaps less than asked for at a border of files.</summary>
    public int Read(long offset, Span<byte> buffer) => _parts.Read(buffer, offset);

    /// <summary>
    /// Up to where, from an entry on, every byte is as it stays: to the first body that is not complete.
    /// </summary>
    /// <param name="entry">Where to begin; left at the first entry that is not complete.</param>
    /// <param name="end">Beyond it nobody needs to know.</param>
    public long FinalBytes(ref int entry, long end)
    {
        lock (_completeGate)
        {
            while (entry < layout.Entries.Length && layout.Entries[entry].HeaderOffset < end && _complete[entry])
            {
                entry++;
            }
        }

        return entry < layout.Entries.Length ? layout.Entries[entry].DataOffset : layout.Length;
    }

    public void MarkComplete(int entry)
    {
        _journal!.Written(ExtentOf(entry));
        Volatile.Write(ref _isDirty, 1);
        lock (_completeGate)
        {
            _complete[entry] = true;
        }
    }

    public void NoteBegun(int entry, long bytes) => _journal!.Begun(ExtentOf(entry) with { Size = bytes });

    /// <summary>Flushes what was written since the last time, then records that.</summary>
    public void Flush()
    {
        if (_journal is { } journal && _parts.IsOpen && Interlocked.Exchange(ref _isDirty, 0) == 1)
        {
            // What is recorded while the data is being flushed may not be among it.
            int count = journal.Count;
            _parts.Flush();
            journal.MarkDurable(count);
        }
    }

    /// <summary>Throws D8M9001 when an entry was never completed: a hole in an archive is the worst bug.</summary>
    public void DemandComplete()
    {
        lock (_completeGate)
        {
            for (int index = 0; index < _complete.Length; index++)
            {
                if (!_complete[index])
                {
                    throw MirrorException.Defect(
                        $"{layout.Name} was to be published without {layout.Entries[index].Path}.");
                }
            }
        }
    }

    /// <summary>Makes the content durable, also where nothing is known to have changed.</summary>
    public void FlushAll()
    {
        Volatile.Write(ref _isDirty, 1);
        Flush();
    }

    /// <summary>Closes the files and, unless there is something to resume, gives their space back.</summary>
    public void Abandon()
    {
        bool isEmpty = !IsResumed && !layout.Entries.Where((entry, index) => entry.IsBlob && _complete[index]).Any();
        if (_parts.IsOpen && isEmpty)
        {
            _parts.Delete();
            _journal?.Dispose();
            folder.Delete(BundleNames.Journal(layout.Name));
        }
    }

    /// <summary>Closes the files, which Windows demands before a rename.</summary>
    public void Close()
    {
        _parts.Close();
        Dispose();
    }

    public void Dispose()
    {
        _parts.Dispose();
        _journal?.Dispose();
        _journal = null;
    }

    private void StartJournal() => _journal = new ResumeJournal(
        folder,
        new JournalHeader(layout.Name, layout.Fingerprint, layout.Length, layout.ChunkBytes, _parts.Place()),
        [.. _claimed.Where(claim => claim.Value).Select(claim => ExtentOf(claim.Key))]);

    private void WriteHeaders(CancellationToken cancellationToken)
    {
        for (int index = 0; index < layout.Entries.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ArchiveEntry entry = layout.Entries[index];
            _parts.Write(TarHeader.Create(entry.Path, entry.Size), entry.HeaderOffset);
            if (!entry.IsBlob)
            {
                _parts.Write(entry.Content.Span, entry.DataOffset);
                _complete[index] = true;
            }

            // A new file has zeros there; what an earlier run left may hold anything.
            long end = index + 1 < layout.Entries.Length ? layout.Entries[index + 1].HeaderOffset : layout.Length;
            if (IsResumed && end > entry.DataOffset + entry.Size)
            {
                _parts.Write(new byte[end - entry.DataOffset - entry.Size], entry.DataOffset + entry.Size);
            }
        }
    }

    private JournalExtent ExtentOf(int entry) =>
        new(layout.Entries[entry].DataOffset, layout.Entries[entry].Size, layout.Entries[entry].Digest);

    /// <summary>The blob that an extent is or begins; a journal claims nothing beyond the layout.</summary>
    private int? Find(JournalExtent extent)
    {
        int index = layout.EntryFrom(extent.Offset);
        ArchiveEntry entry = layout.Entries[index];
        return entry.IsBlob && entry.DataOffset == extent.Offset && entry.Digest == extent.Digest
            && extent.Size <= entry.Size ? index : null;
    }
}
