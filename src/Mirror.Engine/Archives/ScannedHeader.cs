using System.Buffers.Binary;
using System.Text;

namespace Mirror.Engine.Archives;

/// <summary>
/// One header block as found: V7, ustar, GNU or PAX. Everything in it is a claim of whoever made the archive.
/// </summary>
internal readonly record struct ScannedHeader(string Name, long Size, char Type)
{
    /// <summary>The size of a header, to which bodies are padded too.</summary>
    public const int BlockSize = 512;

    public bool IsRegularFile => Type is '0' or '\0' && !Name.EndsWith('/');

    public bool IsDirectory => Type == '5' || (Type == '\0' && Name.EndsWith('/'));

    /// <summary>Reads a block; throws <see cref="FormatException"/> with the reason when it is no header.</summary>
    public static ScannedHeader Parse(ReadOnlySpan<byte> block)
    {
        int sum = 8 * ' ';
        for (int index = 0; index < block.Length; index++)
        {
            sum += index is >= 148 and < 156 ? 0 : block[index];
        }

        if (Number(block.Slice(148, 8)) != sum)
        {
            throw new FormatException("a header has a wrong checksum");
        }

        string name = Text(block[..100]);
        bool isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        string prefix = isUstar ? Text(block.Slice(345, 155)) : "";
        return new ScannedHeader(
            prefix.Length > 0 ? $"{prefix}/{name}" : name, Number(block.Slice(124, 12)), (char)block[156]);
    }

    /// <summary>The text of a field up to its first NUL.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Number(ReadOnlySpan<byte> field) =>
        (field[0] & 0x80) != 0 ? Binary(field) : Octal(field);

    private static long Binary(ReadOnlySpan<byte> field)
    {
        if (field.Length < 9 || field[0] != 0x80 || field[1..^8].ContainsAnyExcept((byte)0))
        {
            throw new FormatException("a header has a number out of bounds");
        }

        long value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        return value >= 0 ? value : throw new FormatException("a header has a number out of bounds");
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (byte digit in field.Trim(" \0"u8))
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) | (uint)(digit - '0')
                : throw new FormatException("a header has a malformed number");
        }

        return value;
    }
}
