using System.Collections;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>
/// One archive while it is written: a reserved file of its final length under a temporary name. The only place that
/// touches an archive's bytes; knows which entries are complete.
/// </summary>
internal sealed class ArchiveFile(BundleFolder folder, ArchiveLayout layout) : IDisposable
{
    private readonly BitArray _complete = new(layout.Entries.Length);
    private readonly Lock _completeGate = new();
    private readonly string _partName = BundleNames.Part(layout.Name);
    private IDiskFile? _file;

    public ArchiveLayout Layout => layout;

    private IDiskFile File => _file ?? throw BundleFaults.Defect($"{_partName} is used while it is not open.");

    /// <summary>Reserves the file, writes headers and metadata; padding and end are the reserve's zeros.</summary>
    public void Create(CancellationToken cancellationToken)
    {
        _file = folder.Create(_partName, layout.Length);
        for (int index = 0; index < layout.Entries.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ArchiveEntry entry = layout.Entries[index];
            WriteAt(entry.HeaderOffset, TarHeader.Of(entry.Path, entry.Size));
            if (!entry.IsBlob)
            {
                WriteAt(entry.DataOffset, entry.Content.Span);
                MarkComplete(index);
            }
        }
    }

    /// <summary>Writes into the body of an entry; the caller has checked the bounds.</summary>
    public void Write(int entry, long offset, ReadOnlySpan<byte> content) =>
        WriteAt(layout.Entries[entry].DataOffset + offset, content);

    /// <summary>Reads from the body of an entry; 0 at its end.</summary>
    public int Read(int entry, long offset, Span<byte> buffer)
    {
        ArchiveEntry place = layout.Entries[entry];
        int length = (int)Math.Min(buffer.Length, Math.Max(0, place.Size - offset));
        try
        {
            return length == 0 ? 0 : File.Read(buffer[..length], place.DataOffset + offset);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Of(exception, folder.PathOf(_partName), "read");
        }
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

    /// <summary>Makes the content durable and closes the file, which Windows demands before a rename.</summary>
    public void FlushAndClose()
    {
        try
        {
            File.Flush();
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Of(exception, folder.PathOf(_partName), "flushed");
        }

        Dispose();
    }

    /// <summary>Closes the file and gives its space back; for a run that could not even begin.</summary>
    public void Abandon()
    {
        if (_file is not null)
        {
            Dispose();
            folder.Delete(_partName);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void WriteAt(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            File.Write(content, offset);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Of(exception, folder.PathOf(_partName), "written");
        }

        folder.CountWritten(content.Length);
    }
}
