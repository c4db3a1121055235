using Mirror.Engine.Oci;

namespace Mirror.Engine.Archives;

/// <summary>
/// The entries of a layer from front to back, as container runtimes read them. The layer is untrusted: no size that it
/// declares is allocated beyond its bound, only what is asked for is kept, and dates, owners and links are not even
/// looked at.
/// </summary>
internal sealed class LayerEntries(UnpackedLayer layer)
{
    /// <summary>No file has a longer name; such an entry is passed over like any other that nobody wants.</summary>
    private const int LongestName = 4096;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _block = new byte[ScannedHeader.BlockSize];
    private bool _hasEntries;
    private bool _isSparse;
    private long _unread;
    private int _padding;

    /// <summary>The name of the entry; empty when it is too long for a file.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Goes to the next entry, over what is left of this one; false at the end.</summary>
    /// <exception cref="FormatException">It is no tar, or damaged.</exception>
    public bool Next()
    {
        string? longName = null;
        PaxRecords records = default;
        while (ReadHeader() is { } header)
        {
            switch (header.Type)
            {
                case 'L':
                    longName = ScannedHeader.Text(ReadBody(OciLimits.LayerHeaderBytes, "a name"));
                    continue;
                case 'x':
                    records = PaxRecords.Parse(ReadBody(OciLimits.LayerHeaderBytes, "an extended header"));
                    continue;
                case 'K' or 'g':
                    continue; // Names of links, and what runtimes do not apply to entries either.
                default:
                    string name = records.Path ?? longName ?? header.Name;
                    Name = name.Length <= LongestName ? name : "";
                    SetBody(HasBody(header.Type) ? records.Size ?? header.Size : 0);
                    _isSparse = header.Type == 'S' || records.IsSparse;
                    SkipSparseMap(header.Type);
                    return true;
            }
        }

        return false;
    }

    /// <summary>Reads the content of the entry.</summary>
    /// <exception cref="FormatException">It is too large, sparse, or cut short.</exception>
    public byte[] Read() => _isSparse
        ? throw new FormatException($"'{Name}' is a sparse file.")
        : ReadBody(OciLimits.LayerFileBytes, $"'{Name}'");

    private ScannedHeader? ReadHeader()
    {
        Skip();
        if (ReadBlock() is not { Length: > 0 } block || IsEndMark(block))
        {
            return null;
        }

        try
        {
            ScannedHeader header = ScannedHeader.Parse(block);
            SetBody(header.Size);
            _hasEntries = true;
            return header;
        }
        catch (FormatException exception) when (!_hasEntries && !block.Slice(257, 5).SequenceEqual("ustar"u8))
        {
            throw new FormatException(
                "it is neither a tar archive nor one packed with gzip or Zstandard.", exception);
        }
    }

    private void SetBody(long size)
    {
        _unread = size;
        _padding = (int)(-size & (ScannedHeader.BlockSize - 1));
    }

    private bool IsEndMark(ReadOnlySpan<byte> block)
    {
        if (block.ContainsAnyExcept((byte)0))
        {
            return false;
        }

        return !ReadBlock().ContainsAnyExcept((byte)0)
            ? true
            : throw new FormatException("it continues after half an end-of-archive marker.");
    }

    /// <summary>The next block; empty at the end.</summary>
    private ReadOnlySpan<byte> ReadBlock() => layer.Read(_block) switch
    {
        0 => [],
        ScannedHeader.BlockSize => _block,
        _ => throw CutShort(),
    };

    private byte[] ReadBody(int limit, string what)
    {
        if (_unread > limit)
        {
            throw new FormatException($"{what} has {_unread} bytes; {limit} are allowed.");
        }

        byte[] body = new byte[_unread];
        if (layer.Read(body) < body.Length)
        {
            throw CutShort();
        }

        _unread = 0;
        return body;
    }

    private void Skip()
    {
        while (_unread > 0)
        {
            Span<byte> part = _buffer.AsSpan(0, (int)long.Min(_unread, _buffer.Length));
            if (layer.Read(part) < part.Length)
            {
                throw CutShort();
            }

            _unread -= part.Length;
        }

        // Some tools leave the padding of the last entry out.
        layer.Read(_buffer.AsSpan(0, _padding));
        _padding = 0;
    }

    /// <summary>Old GNU tar puts more of the map of a sparse file into blocks of their own before its data.</summary>
    private void SkipSparseMap(char type)
    {
        const int MoreInHeader = 482;
        const int MoreInBlock = 504;
        for (int more = MoreInHeader; type == 'S' && _block[more] != 0; more = MoreInBlock)
        {
            if (ReadBlock().IsEmpty)
            {
                throw CutShort();
            }
        }
    }

    private static bool HasBody(char type) => type is not (>= '1' and <= '6');

    private static FormatException CutShort() => new("it is cut short.");
}
