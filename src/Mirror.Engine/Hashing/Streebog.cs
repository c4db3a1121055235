using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Mirror.Engine.Hashing;

/// <summary>
/// GOST R 34.11-2012 ("Streebog", RFC 6986) with 256 or 512 bits, fed piece by piece. The text of a digest is in the
/// order of its bytes in memory, as OpenSSL, RHash and d8 print it; the RFC prints them reversed. Good for 2^61 bytes:
/// the count of bits is kept in one word.
/// </summary>
internal sealed class Streebog : IGostDigest
{
    /// <summary>The length of a digest of 256 bits as text.</summary>
    public const int HexLength = 64;

    public const int BlockBytes = StreebogConstants.BlockBytes;

    // So that the sum over blocks still finds in the cache what the kernel has read.
    private const int StretchBytes = 64 * StreebogConstants.BlockBytes;

    private readonly StreebogKernel _kernel;
    private readonly int _digestBytes;
    private readonly ulong[] _chain = new ulong[StreebogConstants.Words];
    private readonly ulong[] _sum = new ulong[StreebogConstants.Words];
    private readonly byte[] _rest = new byte[StreebogConstants.BlockBytes];
    private ulong _bits;
    private int _restBytes;

    /// <summary>An empty message.</summary>
    /// <param name="bits">256 or 512.</param>
    /// <param name="kernel">Who computes; the best of this processor when none is named.</param>
    public Streebog(int bits = 256, StreebogKernel? kernel = null)
    {
        if (bits is not (256 or 512))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "A digest has 256 or 512 bits.");
        }

        _kernel = kernel ?? StreebogKernels.Best;
        _digestBytes = bits / 8;
        Array.Fill(_chain, bits == 256 ? 0x0101010101010101UL : 0);
    }

    public static string ComputeHex(ReadOnlySpan<byte> message, int bits = 256, StreebogKernel? kernel = null)
    {
        Streebog hash = new(bits, kernel);
        hash.Append(message);
        return hash.Finish();
    }

    /// <summary>
    /// Feeds two messages, side by side as far as both have whole blocks; worth it where they are of similar length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Append(
        Streebog first, ReadOnlySpan<byte> content, Streebog second, ReadOnlySpan<byte> otherContent)
    {
        if (first._restBytes == 0 && second._restBytes == 0 && first._kernel == second._kernel)
        {
            int both = int.Min(content.Length, otherContent.Length) & -StreebogConstants.BlockBytes;
            for (int start = 0; start < both; start += StretchBytes)
            {
                int end = int.Min(both, start + StretchBytes);
                first._kernel.Compress(
                    first._chain, first._bits, content[start..end],
                    second._chain, second._bits, otherContent[start..end]);
                first.Count(content[start..end]);
                second.Count(otherContent[start..end]);
            }

            content = content[both..];
            otherContent = otherContent[both..];
        }

        first.Append(content);
        second.Append(otherContent);
    }

    // Optimized from the first call, as all that runs once for each block: few and long calls, which is what hashing
    // files makes, keep the runtime from doing it later, and then this costs more than the kernel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<byte> content)
    {
        if (_restBytes > 0)
        {
            int taken = int.Min(content.Length, _rest.Length - _restBytes);
            content[..taken].CopyTo(_rest.AsSpan(_restBytes));
            _restBytes += taken;
            content = content[taken..];
            if (_restBytes < _rest.Length)
            {
                return;
            }

            _restBytes = 0;
            Compress(_rest);
        }

        int whole = content.Length & -StreebogConstants.BlockBytes;
        for (int start = 0; start < whole; start += StretchBytes)
        {
            Compress(content[start..int.Min(whole, start + StretchBytes)]);
        }

        content[whole..].CopyTo(_rest);
        _restBytes = content.Length - whole;
    }

    public string Finish()
    {
        ulong length = _bits + ((ulong)_restBytes * 8);
        _rest.AsSpan(_restBytes).Clear();
        _rest[_restBytes] = 1;
        Compress(_rest);

        Span<byte> last = stackalloc byte[StreebogConstants.BlockBytes];
        last.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(last, length);
        _kernel.Compress(_chain, 0, last);
        Write(_sum, last);
        _kernel.Compress(_chain, 0, last);
        Write(_chain, last);
        return Convert.ToHexStringLower(last[^_digestBytes..]);
    }

    private static void Write(ReadOnlySpan<ulong> words, Span<byte> block)
    {
        for (int word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(block[(word * sizeof(ulong))..], words[word]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compress(ReadOnlySpan<byte> blocks)
    {
        _kernel.Compress(_chain, _bits, blocks);
        Count(blocks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ReadOnlySpan<byte> blocks)
    {
        _bits += (ulong)blocks.Length * 8;
        for (; !blocks.IsEmpty; blocks = blocks[StreebogConstants.BlockBytes..])
        {
            Add(blocks);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ReadOnlySpan<byte> block)
    {
        Span<ulong> sum = _sum;
        ulong carry = 0;
        for (int word = 0; word < sum.Length; word++)
        {
            ulong added = BinaryPrimitives.ReadUInt64LittleEndian(block[(word * sizeof(ulong))..]);
            ulong without = sum[word] + added;
            ulong with = without + carry;
            carry = (without < added ? 1UL : 0) + (with < without ? 1UL : 0);
            sum[word] = with;
        }
    }
}
