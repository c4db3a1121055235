using System.Text;

namespace Mirror.Engine.Tests.Bundles;

/// <summary>An entry of an archive as a test wants it, true or not.</summary>
internal sealed record ForgedEntry(string Name, byte[] Content)
{
    private const int Block = 512;
    private const int NameField = 100;

    public char Type { get; init; } = '0';

    public string Link { get; init; } = "";

    /// <summary>The size field; what the content has unless something else is claimed.</summary>
    public byte[]? SizeField { get; init; }

    /// <summary>A size that is claimed: octal, or base-256 where it is too large for it.</summary>
    public static byte[] Claim(long size)
    {
        if (size is >= 0 and < 1L << 33)
        {
            return Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        }

        byte[] field = [size < 0 ? (byte)0xff : (byte)0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for (int index = 11; index > 3; index--, size >>= 8)
        {
            field[index] = (byte)size;
        }

        return field;
    }

    /// <summary>Header and padded body, with a long name before them where it is needed.</summary>
    public IEnumerable<byte> ToBytes()
    {
        byte[] name = Encoding.UTF8.GetBytes(Name);
        IEnumerable<byte> before = name.Length <= NameField
            ? []
            : new ForgedEntry("././@LongLink", [.. name, 0]) { Type = 'L' }.ToBytes();
        return before.Concat(Header(name)).Concat(Content).Concat(new byte[(Block - (Content.Length % Block)) % Block]);
    }

    private byte[] Header(byte[] name)
    {
        byte[] header = new byte[Block];
        name.AsSpan(0, int.Min(name.Length, NameField)).CopyTo(header);
        Encoding.ASCII.GetBytes("0000777\0" + "0000000\0" + "0000000\0", header.AsSpan(NameField));
        (SizeField ?? Claim(Content.Length)).CopyTo(header, 124);
        Encoding.ASCII.GetBytes("00000000000\0" + "        ", header.AsSpan(136));
        header[156] = (byte)Type;
        Encoding.ASCII.GetBytes(Link, header.AsSpan(157, NameField));
        Encoding.ASCII.GetBytes("ustar  \0", header.AsSpan(257));
        string sum = Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0');
        Encoding.ASCII.GetBytes($"{sum}\0 ", header.AsSpan(148, 8));
        return header;
    }
}
