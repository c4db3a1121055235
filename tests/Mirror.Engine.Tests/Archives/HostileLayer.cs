using System.Globalization;
using System.IO.Compression;
using System.Text;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Mirror.Engine.Tests.Archives;

/// <summary>Makes layers that no packer makes: any type and any declared size, with a right checksum.</summary>
internal sealed class HostileLayer
{
    private const int Block = 512;

    private readonly List<byte> _tar = [];

    public byte[] Bytes => [.. _tar];

    /// <summary>A header that declares a size, whatever follows it.</summary>
    public HostileLayer Header(string name, long size, char type, Action<byte[]>? change = null)
    {
        byte[] block = new byte[Block];
        Encoding.UTF8.GetBytes(name).AsSpan()[..int.Min(Encoding.UTF8.GetByteCount(name), 100)].CopyTo(block);
        Octal(block.AsSpan(124, 12), size);
        block[156] = (byte)type;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        change?.Invoke(block);
        block.AsSpan(148, 8).Fill((byte)' ');
        Octal(block.AsSpan(148, 7), block.Sum(value => value));
        _tar.AddRange(block);
        return this;
    }

    /// <summary>An entry with its body and padding.</summary>
    public HostileLayer Entry(string name, ReadOnlySpan<byte> body, char type = '0', Action<byte[]>? change = null)
    {
        Header(name, body.Length, type, change);
        return Raw(body);
    }

    public HostileLayer Text(string name, string text, char type = '0') =>
        Entry(name, Encoding.UTF8.GetBytes(text), type);

    /// <summary>A PAX header of one record.</summary>
    public HostileLayer Pax(string key, string value, char type = 'x')
    {
        string rest = $" {key}={value}\n";
        int length = Encoding.UTF8.GetByteCount(rest);
        int total = length;
        while (total != length + total.ToString(CultureInfo.InvariantCulture).Length)
        {
            total = length + total.ToString(CultureInfo.InvariantCulture).Length;
        }

        return Text("PaxHeaders/x", $"{total}{rest}", type);
    }

    /// <summary>Bytes as they are, padded to a block.</summary>
    public HostileLayer Raw(ReadOnlySpan<byte> bytes)
    {
        _tar.AddRange(bytes);
        _tar.AddRange(new byte[(Block - (bytes.Length % Block)) % Block]);
        return this;
    }

    /// <summary>The layer with zeros after it, packed; neither is ever in memory whole.</summary>
    public byte[] Gzip(long zeros) => Packed(
        zeros, bytes => new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true));

    /// <summary>As above with Zstandard, in a frame that wants a window of a power of two.</summary>
    public byte[] Zstandard(long zeros, int windowLog) => Packed(zeros, bytes =>
    {
        CompressionStream packing = new(bytes, leaveOpen: true);
        packing.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, windowLog);
        return packing;
    });

    private byte[] Packed(long zeros, Func<Stream, Stream> pack)
    {
        using MemoryStream bytes = new();
        using (Stream packing = pack(bytes))
        {
            packing.Write(Bytes);
            byte[] part = new byte[1 << 20];
            for (; zeros > 0; zeros -= part.Length)
            {
                packing.Write(part, 0, (int)long.Min(zeros, part.Length));
            }
        }

        return bytes.ToArray();
    }

    private static void Octal(Span<byte> field, long value)
    {
        if (value >= 1L << (3 * (field.Length - 1)))
        {
            field[0] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(field[^8..], value);
            return;
        }

        field[^1] = 0;
        for (int index = field.Length - 2; index >= 0; index--)
        {
            field[index] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }
}
