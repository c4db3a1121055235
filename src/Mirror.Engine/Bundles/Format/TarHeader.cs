using System.Buffers.Binary;
using System.Text;
using Mirror.Engine.Archives;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// Headers of old GNU tar for regular files (docs/bundle-format.md#the-archive): mode 0777, no owner, time 0. A name
/// over 100 bytes takes a pseudo entry before it, a size from 8 GiB on is written in base-256.
/// </summary>
internal static class TarHeader
{
    public const int BlockSize = ScannedHeader.BlockSize;

    /// <summary>Two zero blocks end an archive.</summary>
    public const int EndSize = 2 * BlockSize;

    private const int NameSize = 100;
    private const long LargestOctal = 0x1_FFFF_FFFF;
    private const string LongNameEntry = "././@LongLink";

    public static long Padded(long size) => (size + BlockSize - 1) / BlockSize * BlockSize;

    public static int SizeOf(string name)
    {
        int length = Encoding.UTF8.GetByteCount(name);
        return length <= NameSize ? BlockSize : (2 * BlockSize) + (int)Padded(length + 1);
    }

    /// <summary>The header of a file, with the pseudo entry before it when the name is long.</summary>
    public static byte[] Create(string name, long size)
    {
        byte[] header = new byte[SizeOf(name)];
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> block = header;
        if (nameBytes.Length > NameSize)
        {
            WriteBlock(block[..BlockSize], Encoding.ASCII.GetBytes(LongNameEntry), nameBytes.Length + 1, 'L');
            nameBytes.CopyTo(block[BlockSize..]);
            block = block[^BlockSize..];
        }

        WriteBlock(block, nameBytes.AsSpan(0, Math.Min(nameBytes.Length, NameSize)), size, '0');
        return header;
    }

    private static void WriteBlock(Span<byte> block, ReadOnlySpan<byte> name, long size, char type)
    {
        bool isFile = type == '0';
        name.CopyTo(block);
        WriteOctal(block.Slice(100, 8), isFile ? 0x1FF : 0);
        WriteOctal(block.Slice(108, 8), 0);
        WriteOctal(block.Slice(116, 8), 0);
        WriteSize(block.Slice(124, 12), size);
        WriteOctal(block.Slice(136, 12), 0);
        block[156] = (byte)type;
        "ustar  \0"u8.CopyTo(block[257..]);
        if (isFile)
        {
            WriteOctal(block.Slice(329, 8), 0);
            WriteOctal(block.Slice(337, 8), 0);
        }

        Span<byte> checksum = block.Slice(148, 8);
        checksum.Fill((byte)' ');
        int sum = 0;
        foreach (byte value in block)
        {
            sum += value;
        }

        WriteOctal(checksum[..7], sum);
    }

    private static void WriteSize(Span<byte> field, long size)
    {
        if (size <= LargestOctal)
        {
            WriteOctal(field, size);
            return;
        }

        field[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], size);
    }

    /// <summary>Zero-padded octal digits to the end of the field, whose last byte is NUL.</summary>
    private static void WriteOctal(Span<byte> field, long value)
    {
        field[^1] = 0;
        for (int index = field.Length - 2; index >= 0; index--)
        {
            field[index] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }
}
