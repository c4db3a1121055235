using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>One address space over the files of an archive. Owns them.</summary>
internal sealed class ChunkedFile : IDiskFile
{
    /// <summary>Sets with more files are not kept open as a whole: systems bound the open files of a process.</summary>
    private const int MostOpen = 128;

    private readonly ImmutableArray<IDiskFile> _files;
    private readonly ImmutableArray<long> _starts;

    public ChunkedFile(ImmutableArray<IDiskFile> files)
    {
        _files = files;
        ImmutableArray<long>.Builder starts = ImmutableArray.CreateBuilder<long>(files.Length);
        foreach (IDiskFile file in files)
        {
            starts.Add(Length);
            Length += long.Min(file.Length, long.MaxValue - Length);
        }

        _starts = starts.MoveToImmutable();
    }

    public long Length { get; }

    public string Identity
    {
        get
        {
            ImmutableArray<string> all = [.. _files.Select(file => file.Identity)];
            return all.Contains("") ? "" : string.Join('\n', all);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns what is opened.")]
    public static IDiskFile OpenRead(IDisk disk, StoredArchive archive)
    {
        List<IDiskFile> files = [];
        OpenParts? parts = archive.Files.Length > MostOpen ? new OpenParts(disk, MostOpen) : null;
        try
        {
            foreach (string file in archive.Files)
            {
                string path = archive.PathOf(file);
                files.Add(parts is null ? disk.OpenRead(path) : new ReopenedPart(disk, parts, path));
            }

            return files.Count == 1 ? files[0] : new ChunkedFile([.. files]);
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            files.ForEach(file => file.Dispose());
            throw DiskFaults.Translate(exception, archive.PathOf(archive.Files[files.Count]), "opened");
        }
    }

    /// <summary>The chunks that bytes lie in, for people.</summary>
    public string PartsOf(long offset, long size)
    {
        int first = IndexAt(long.Min(offset, long.Max(0, Length - 1)));
        int last = int.Max(first, IndexAt(long.Max(0, long.Min(offset + size, Length) - 1)));
        return first == last ? $"chunk {first:0000}" : $"chunks {first:0000} to {last:0000}";
    }

    public int Read(Span<byte> buffer, long offset)
    {
        int index = IndexAt(offset);
        return _files[index].Read(buffer, offset - _starts[index]);
    }

    /// <summary>Writes within the length; a file is never extended.</summary>
    public void Write(ReadOnlySpan<byte> content, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - content.Length);
        while (content.Length > 0)
        {
            int index = IndexAt(offset);
            long end = index + 1 < _files.Length ? _starts[index + 1] : Length;
            int count = (int)Math.Min(content.Length, end - offset);
            _files[index].Write(content[..count], offset - _starts[index]);
            content = content[count..];
            offset += count;
        }
    }

    public void Flush()
    {
        foreach (IDiskFile file in _files)
        {
            file.Flush();
        }
    }

    public void Close()
    {
        foreach (IDiskFile file in _files)
        {
            file.Close();
        }
    }

    public void Dispose()
    {
        foreach (IDiskFile file in _files)
        {
            file.Dispose();
        }
    }

    private int IndexAt(long offset)
    {
        int index = _starts.BinarySearch(offset);

        // Several chunks begin at one offset when some are empty: the last of them has the bytes.
        index = index < 0 ? ~index - 1 : index;
        while (index + 1 < _files.Length && _starts[index + 1] <= offset)
        {
            index++;
        }

        return index;
    }
}
