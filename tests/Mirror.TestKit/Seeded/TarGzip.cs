using System.Buffers.Binary;
using System.Text;

namespace Mirror.TestKit.Seeded;

/// <summary>
/// Small layers: a ustar archive in gzip, the same bytes on every machine. Both are written here, and gzip with stored
/// blocks, because what a compressor makes of the same input differs between zlib versions and the framework's tar
/// header is free to change; a digest pinned in a test may not.
/// </summary>
public static class TarGzip
{
    private const int Block = 512;
    private const int LargestStoredBlock = ushort.MaxValue;

    /// <summary>The layer that holds these files.</summary>
    public static byte[] Write(params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var tar = new MemoryStream();
        foreach (var (name, text) in files)
        {
            var content = Encoding.UTF8.GetBytes(text);
            tar.Write(Header(name, content.Length));
            tar.Write(content);
            tar.SetLength((tar.Length + Block - 1) / Block * Block);
            tar.Position = tar.Length;
        }

        tar.Write(new byte[2 * Block]);
        return Compress(tar.ToArray());
    }

    private static byte[] Header(string name, int size)
    {
        var header = new byte[Block];
        Put(header, 0, name);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, Octal(size, 11) + "\0");
        Put(header, 136, Octal(0, 11) + "\0");
        Put(header, 148, "        ");
        Put(header, 156, "0");
        Put(header, 257, "ustar\0" + "00");
        Put(header, 148, Octal(header.Sum(value => value), 6) + "\0 ");
        return header;
    }

    private static string Octal(int number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int offset, string text) =>
        Encoding.ASCII.GetBytes(text).CopyTo(header, offset);

    private static byte[] Compress(byte[] content)
    {
        using var gzip = new MemoryStream();
        gzip.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]);
        for (var offset = 0; offset < content.Length; offset += LargestStoredBlock)
        {
            var length = Math.Min(LargestStoredBlock, content.Length - offset);
            var isLast = offset + length == content.Length;
            gzip.Write([(byte)(isLast ? 1 : 0)]);
            gzip.Write([(byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8)]);
            gzip.Write(content, offset, length);
        }

        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.Of(content));
        BinaryPrimitives.WriteInt32LittleEndian(trailer[4..], content.Length);
        gzip.Write(trailer);
        return gzip.ToArray();
    }
}
