using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// The files of one archive while it is written, as one address space: one file, or the chunks of a set, under their
/// temporary names and reserved at their final lengths. Reads and writes are safe for concurrent use.
/// </summary>
internal sealed class ArchiveParts(BundleFolder folder, ImmutableArray<ArchivePart> parts) : IDisposable
{
    private ChunkedFile? _file;

    public bool IsOpen => _file is not null;

    private ChunkedFile File =>
        _file ?? throw MirrorException.Defect($"{parts[0].StagedName} is used while it is not open.");

    /// <summary>Reserves all files; none of them may be there. When it throws, none is left behind.</summary>
    public void Create()
    {
        List<IDiskFile> files = [];
        try
        {
            foreach (ArchivePart part in parts)
            {
                files.Add(folder.Create(part.StagedName, part.Length));
            }
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            foreach (ArchivePart part in parts.Take(files.Count))
            {
                folder.Delete(part.StagedName);
            }

            throw;
        }

        _file = new ChunkedFile([.. files]);
    }

    /// <summary>Opens what an earlier run reserved. False when a file is missing or has another length.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The chunked file owns what is opened.")]
    public bool TryOpenExisting()
    {
        if (parts.Any(part => folder.LengthOf(part.StagedName) != part.Length))
        {
            return false;
        }

        List<IDiskFile> files = [];
        try
        {
            foreach (ArchivePart part in parts)
            {
                files.Add(folder.OpenWrite(part.StagedName));
            }
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }

        _file = new ChunkedFile([.. files]);
        return true;
    }

    /// <summary>Writes within the archive, into as many files as the bytes reach.</summary>
    public void Write(ReadOnlySpan<byte> content, long offset)
    {
        try
        {
            File.Write(content, offset);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, PathAt(offset), "written");
        }

        folder.CountWritten(content.Length);
    }

    /// <summary>Reads up to the buffer's length, perhaps less at a border of files; 0 at the end.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return File.Read(buffer, offset);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, PathAt(offset), "read");
        }
    }

    public void Flush() => DiskFaults.Guard(PathAt(0), "flushed", File.Flush);

    /// <summary>Closes the files, which Windows demands before a rename, and hears whether all was stored.</summary>
    public void Close()
    {
        DiskFaults.Guard(PathAt(0), "closed", () => _file?.Close());
        Dispose();
    }

    /// <summary>
    /// Tells these very files, on this start of this machine, from copies of them: boot, folder and inodes, hashed.
    /// Empty when one of them cannot be told.
    /// </summary>
    public string Place() => (folder.Disk.BootId, File.Identity) is ({ Length: > 0 } boot, { Length: > 0 } files)
        ? Digest.OfSha256(Encoding.UTF8.GetBytes($"{boot}\n{folder.Directory}\n{files}")).Hex
        : "";

    /// <summary>Closes the files, if open, and deletes those that are there under their temporary names.</summary>
    public void Delete()
    {
        Dispose();
        foreach (ArchivePart part in parts)
        {
            folder.Delete(part.StagedName);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private string PathAt(long offset) => folder.PathOf(parts.Last(part => part.Offset <= offset).StagedName);
}
