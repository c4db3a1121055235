using System.Text;

namespace Mirror.Engine.Tests.Fuzz;

/// <summary>Makes the checksums of changed headers right, so that more than the checksum is tried.</summary>
internal static class TarChecksums
{
    private const int Block = 512;

    /// <summary>Mends every block that looks like a header.</summary>
    public static byte[] Mend(byte[] tar)
    {
        for (int start = 0; start + Block <= tar.Length; start += Block)
        {
            Span<byte> block = tar.AsSpan(start, Block);
            if (block[257] == (byte)'u' || block[..8].ContainsAnyExcept((byte)0))
            {
                block.Slice(148, 8).Fill((byte)' ');
                int sum = 0;
                foreach (byte value in block)
                {
                    sum += value;
                }

                string digits = Convert.ToString(sum, 8).PadLeft(6, '0');
                Encoding.ASCII.GetBytes($"{digits}\0 ", block.Slice(148, 8));
            }
        }

        return tar;
    }
}
