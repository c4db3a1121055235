using System.Collections;

namespace Mirror.Engine.Bundles;

/// <summary>
/// One archive while it is written: headers, metadata and bodies at their offsets in its
/// <see cref="ArchiveParts"/>. Knows which entries are complete.
/// </summary>
internal sealed class ArchiveFile(BundleFolder folder, ArchiveLayout layout) : IDisposable
{
    private readonly BitArray _complete = new(layout.Entries.Length);
    private readonly Lock _completeGate = new();
    private readonly ArchiveParts _parts = new(folder, layout.Parts);

    public ArchiveLayout Layout => layout;

    /// <summary>Reserves the files, writes headers and metadata; padding and end are the reserve's zeros.</summary>
    public void Create(CancellationToken cancellationToken)
    {
        _parts.Create();
        for (int index = 0; index < layout.Entries.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ArchiveEntry entry = layout.Entries[index];
            _parts.Write(TarHeader.Of(entry.Path, entry.Size), entry.HeaderOffset);
            if (!entry.IsBlob)
            {
                _parts.Write(entry.Content.Span, entry.DataOffset);
                MarkComplete(index);
            }
        }
    }

    /// <summary>Writes into the body of an entry; the caller has checked the bounds.</summary>
    public void Write(int entry, long offset, ReadOnlySpan<byte> content) =>
        _parts.Write(content, layout.Entries[entry].DataOffset + offset);

    /// <summary>Reads from the body of an entry; 0 at its end.</summary>
    public int Read(int entry, long offset, Span<byte> buffer)
    {
        ArchiveEntry place = layout.Entries[entry];
        int length = (int)Math.Min(buffer.Length, Math.Max(0, place.Size - offset));
        return length == 0 ? 0 : _parts.Read(buffer[..length], place.DataOffset + offset);
    }

    public void MarkComplete(int entry)
    {
        lock (_completeGate)
        {
            _complete[entry] = true;
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
                    throw BundleFaults.Defect(
                        $"{layout.Name} was to be published without {layout.Entries[index].Path}.");
                }
            }
        }
    }

    /// <summary>Makes the content durable and closes the files, which Windows demands before a rename.</summary>
    public void FlushAndClose()
    {
        _parts.Flush();
        _parts.Dispose();
    }

    /// <summary>Closes the files and gives their space back; for a run that could not even begin.</summary>
    public void Abandon()
    {
        if (_parts.IsOpen)
        {
            _parts.Delete();
        }
    }

    public void Dispose() => _parts.Dispose();
}
