using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>
/// One file of an archive that is being written, and how far its GOST sum came. Used by one thread at a time.
/// </summary>
internal sealed class FollowedPart
{
    private readonly ArchiveFile _archive;
    private readonly ArchivePart _part;
    private int _entry;
    private long _done;

    public FollowedPart(ArchiveFile archive, int number, GostHasher hasher)
    {
        Digest = hasher.Create();
        _archive = archive;
        _part = archive.Layout.Parts[number];

        // The body of the entry before may reach into this file.
        _entry = int.Max(0, archive.Layout.EntryFrom(_part.Offset) - 1);
    }

    public string Name => _part.Name;

    public long Left => _part.Length - _done;

    /// <summary>Whether a thread has it.</summary>
    public bool IsTaken { get; set; }

    public string? Sum { get; private set; }

    public bool IsReady => Sum is null && (Final() > _done || _done == _part.Length);

    /// <summary>The digest; whole blocks of what is read are fed to it before <see cref="Hashed"/>.</summary>
    public IGostDigest Digest { get; }

    /// <summary>Reads what is final and not hashed, up to the length of the buffer.</summary>
    public ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        int wanted = (int)long.Min(buffer.Length, Final() - _done);
        for (int read = 0; read < wanted;)
        {
            int count = _archive.Read(_part.Offset + _done + read, buffer[read..wanted]);
            if (count == 0)
            {
                throw MirrorException.Defect($"{_part.StagedName} ended before its {_part.Length} bytes.");
            }

            read += count;
        }

        return buffer[..wanted];
    }

    /// <summary>After whole blocks of these bytes were fed: feeds the rest, which only the last ones have.</summary>
    public void Hashed(ReadOnlySpan<byte> read)
    {
        Digest.Append(read[(read.Length & -Streebog.BlockBytes)..]);
        _done += read.Length;
        Sum = _done == _part.Length ? Digest.Finish() : null;
    }

    /// <summary>How many of the first bytes are as they will stay: whole blocks, or all.</summary>
    private long Final()
    {
        long end = long.Min(
            _archive.FinalBytes(ref _entry, _part.Offset + _part.Length) - _part.Offset, _part.Length);
        return end == _part.Length ? end : long.Max(_done, end & -Streebog.BlockBytes);
    }
}
