using Mirror.Engine.Archives;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>
/// Finds the files of an archive by its headers alone. The archive is untrusted: names are an allow-list, only regular
/// files count, nothing is written anywhere, and no declared size is ever allocated. Folders are skipped.
/// </summary>
internal sealed class TarScan(IDiskFile file, string archive)
{
    private const int LongestName = 4096;
    private const int LongestExtension = 64 * 1024;

    /// <summary>A sparse file can claim more than offsets and paddings can be added to.</summary>
    private const long LongestArchive = 1L << 60;

    /// <summary>How far the bytes after the end mark are looked at; padding of other tools is far shorter.</summary>
    private const int LongestLook = 64 * 1024;

    private readonly long _length = file.Length;
    private readonly ImmutableArray<ScannedEntry>.Builder _entries = ImmutableArray.CreateBuilder<ScannedEntry>();
    private readonly HashSet<(string LayoutPath, string? FileName, Digest Digest)> _seen = [];
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private string? _longName;
    private PaxRecords _extension;
    private long _offset;
    private bool _isEndShort;

    /// <summary>Scans an archive. Faults: D8M6005, D8M6007 and D8M6008.</summary>
    /// <returns>The files, in the order of the archive.</returns>
    public static ImmutableArray<ScannedEntry> Scan(
        IDiskFile file, string archive, CancellationToken cancellationToken, out ArchiveEnd end)
    {
        TarScan scan = new(file, archive);
        try
        {
            while (scan.Next())
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            end = scan.End();
        }
        catch (FormatException exception)
        {
            throw scan.Format() is { } format
                ? BundleFaults.OtherKind(archive, format)
                : BundleFaults.Damaged(archive, $"{exception.Message} ({scan.Place()})");
        }
        catch (Exception exception) when (DiskFaults.IsDiskFailure(exception))
        {
            throw DiskFaults.Translate(exception, archive, "read");
        }

        return scan._entries.ToImmutable();
    }

    private bool Next()
    {
        if (_length > LongestArchive)
        {
            throw new FormatException("it claims more bytes than any archive has");
        }

        Span<byte> block = stackalloc byte[TarHeader.BlockSize];
        ReadBlock(block);
        if (!block.ContainsAnyExcept((byte)0))
        {
            return EndMark(block);
        }

        ScannedHeader header = ScannedHeader.Parse(block);
        long size = IsExtension(header.Type) ? header.Size : _extension.Size ?? header.Size;
        if (size > _length - _offset)
        {
            throw new FormatException($"it ends within an entry of {size} bytes, '{Printable(NameOf(header))}'");
        }

        long data = _offset;
        Take(header, data, size);
        _offset = data + TarHeader.Padded(size);
        return true;
    }

    private void Take(ScannedHeader header, long data, long size)
    {
        switch (header.Type)
        {
            case 'L':
                _longName = ScannedHeader.Text(Body(data, size, LongestName));
                return;
            case 'x':
                _extension = Records(data, size);
                return;
            case 'g':
                // What it would name or size is read one way by one tar and another way by the next.
                if (Records(data, size) is not { Path: null, Size: null })
                {
                    throw new FormatException("a global header names or sizes entries");
                }

                return;
            default:
                string name = NameOf(header);
                _longName = null;
                _extension = default;
                Add(header with { Name = WithoutDot(name) }, data, size);
                return;
        }
    }

    private PaxRecords Records(long data, long size) =>
        PaxRecords.Parse(Body(data, size, LongestExtension)) is { IsSparse: false } records
            ? records
            : throw new FormatException("an entry is a sparse file");

    private void Add(ScannedHeader header, long data, long size)
    {
        if (header.IsDirectory && size == 0 && IsFolderName(header.Name.TrimEnd('/')))
        {
            return;
        }

        if (!header.IsRegularFile)
        {
            throw BundleFaults.Refused(archive, $"'{Printable(header.Name)}' is not a regular file.");
        }

        if (!ScannedEntry.TryParse(header.Name, out ScannedEntry entry))
        {
            throw BundleFaults.Refused(archive, $"'{Printable(header.Name)}' is not a file of an OCI layout.");
        }

        if (!_seen.Add((entry.LayoutPath, entry.FileName, entry.Digest)))
        {
            throw BundleFaults.Refused(archive, $"'{Printable(header.Name)}' is there twice.");
        }

        _entries.Add(entry with { LayoutPath = Shared(entry.LayoutPath), DataOffset = data, Size = size });
    }

    /// <summary>Hundreds of thousands of entries share a few hundred paths.</summary>
    private string Shared(string path)
    {
        if (!_paths.TryGetValue(path, out string? shared))
        {
            _paths.Add(path, shared = path);
        }

        return shared;
    }

    private byte[] Body(long offset, long size, int limit)
    {
        if (size > limit)
        {
            throw new FormatException($"a name or extended header has {size} bytes");
        }

        byte[] body = new byte[size];
        ReadFully(body, offset);
        return body;
    }

    /// <summary>Whether the archive goes on after one block of zeros: not after the second, nor at its end.</summary>
    private bool EndMark(Span<byte> block)
    {
        if (_offset == _length)
        {
            _isEndShort = true;
            return false;
        }

        ReadBlock(block);
        if (block.ContainsAnyExcept((byte)0))
        {
            throw new FormatException("it continues after half an end-of-archive marker");
        }

        return false;
    }

    private ArchiveEnd End()
    {
        // A file that grows while it is read has more than its length; a device has no length at all.
        byte[] rest = new byte[long.Clamp(_length - _offset, 0, LongestLook)];
        ReadFully(rest, _offset);
        return rest.AsSpan().ContainsAnyExcept((byte)0) ? ArchiveEnd.Tail
            : _isEndShort ? ArchiveEnd.Short : ArchiveEnd.Proper;
    }

    /// <summary>What the file is instead of a tar; asked when not even its first header is one.</summary>
    private OtherFormat? Format()
    {
        byte[] start = new byte[TarHeader.BlockSize];
        return _entries.Count == 0 && _offset <= TarHeader.BlockSize
            ? OtherFormat.Detect(start.AsSpan(0, file.Read(start, 0)))
            : null;
    }

    private string NameOf(ScannedHeader header) =>
        IsExtension(header.Type) ? header.Name : _extension.Path ?? _longName ?? header.Name;

    /// <summary>Where the scan stands, for people: a chunk can be copied again by itself.</summary>
    private string Place()
    {
        string chunk = file is ChunkedFile set ? $" in {set.PartsOf(_offset, 0)}" : "";
        string after = _entries.Count > 0 ? $", after {_entries[^1].Path}" : "";
        return $"before byte {_offset}{chunk}{after}";
    }

    private void ReadBlock(Span<byte> block)
    {
        ReadFully(block, _offset);
        _offset += block.Length;
    }

    private void ReadFully(Span<byte> buffer, long offset)
    {
        if (file.ReadFully(buffer, offset) < buffer.Length)
        {
            throw new FormatException("it ends without an end-of-archive marker");
        }
    }

    private static bool IsExtension(char type) => type is 'L' or 'x' or 'g';

    private static bool IsFolderName(string name) => name is "" or "." || RepositoryName.IsValid(name);

    private static string WithoutDot(string name) =>
        name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    private static string Printable(string name)
    {
        string line = new([.. name.Select(letter => char.IsControl(letter) ? '?' : letter)]);
        return line.Length <= 200 ? line : line[..200] + "...";
    }
}

/// <summary>What follows the last entry of an archive.</summary>
internal enum ArchiveEnd
{
    /// <summary>The end mark, and at most padding after it.</summary>
    Proper,

    /// <summary>Half an end mark: all entries are there.</summary>
    Short,

    /// <summary>Something that is not padding after the end mark.</summary>
    Tail,
}
