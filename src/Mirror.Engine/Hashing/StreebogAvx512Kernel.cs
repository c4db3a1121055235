using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mirror.Engine.Hashing;

/// <summary>
/// The kernel for processors with AVX-512 VBMI and GFNI. A row of the state is a word of the vector, and one
/// instruction multiplies the bytes of each word with a matrix of 8 by 8 bits; whole words are rotated until every row
/// has met every column, with a second set of matrices for the rows four further on, and only the sum is transposed.
/// </summary>
/// <param name="matrices">As <see cref="Derive"/> makes them.</param>
internal sealed class StreebogAvx512Kernel(Vector512<byte>[] matrices) : StreebogKernel
{
    private const int Distances = 4;

    private readonly Vector512<byte>[] _constants =
        [.. Enumerable.Range(1, StreebogConstants.Rounds).Select(key => Vector512.Create(
            StreebogConstants.Constant(key, 0),
            StreebogConstants.Constant(key, 1),
            StreebogConstants.Constant(key, 2),
            StreebogConstants.Constant(key, 3),
            StreebogConstants.Constant(key, 4),
            StreebogConstants.Constant(key, 5),
            StreebogConstants.Constant(key, 6),
            StreebogConstants.Constant(key, 7)).AsByte())];

    /// <summary>Whether this processor runs it fast; slowly it runs everywhere, to be tested everywhere.</summary>
    public static bool IsSupported => Gfni.V512.IsSupported && Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    public override string Name => "AVX-512";

    public override int Messages => 2;

    /// <summary>
    /// Eight vectors of matrices, for the rows 0 to 3 further on and those 4 to 7 further on, and the transposition.
    /// </summary>
    public static Vector512<byte>[] Derive() =>
        [
            .. Enumerable.Range(0, 2 * Distances).Select(index => Vector512.Create(
                [.. Enumerable.Range(0, StreebogConstants.Words).Select(place => Matrix(
                    (place + (index % Distances)) % StreebogConstants.Words,
                    index < Distances ? place : (place + Distances) % StreebogConstants.Words))]).AsByte()),
            Vector512.Create([.. Enumerable.Range(0, StreebogConstants.BlockBytes).Select(
                place => (byte)((place % StreebogConstants.Words * StreebogConstants.Words)
                    + (place / StreebogConstants.Words)))]),
        ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compress(Span<ulong> chain, ulong bits, ReadOnlySpan<byte> blocks)
    {
        Vector512<byte> p0 = Vector512.Create(StreebogConstants.Pi[..64]);
        Vector512<byte> p1 = Vector512.Create(StreebogConstants.Pi[64..128]);
        Vector512<byte> p2 = Vector512.Create(StreebogConstants.Pi[128..192]);
        Vector512<byte> p3 = Vector512.Create(StreebogConstants.Pi[192..]);
        Vector512<byte> a0 = matrices[0];
        Vector512<byte> a1 = matrices[1];
        Vector512<byte> a2 = matrices[2];
        Vector512<byte> a3 = matrices[3];
        Vector512<byte> b0 = matrices[4];
        Vector512<byte> b1 = matrices[5];
        Vector512<byte> b2 = matrices[6];
        Vector512<byte> b3 = matrices[7];

        // In a local: as a constant it would be made anew for each use, by a call for which all registers are saved.
        Vector512<byte> t = matrices[8];
        Vector512<byte> h = Vector512.Create((ReadOnlySpan<ulong>)chain).AsByte();
        for (; blocks.Length >= StreebogConstants.BlockBytes; blocks = blocks[StreebogConstants.BlockBytes..])
        {
            Vector512<byte> message = Vector512.Create(blocks[..StreebogConstants.BlockBytes]);
            Vector512<byte> state = message;
            Vector512<byte> key = h ^ Vector512.CreateScalar(bits).AsByte();
            key = Linear(Substitute(key, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
            foreach (ref readonly Vector512<byte> constant in _constants.AsSpan())
            {
                // The key comes first in the program: the processor then has it early, and the state waits for nothing.
                Vector512<byte> mixed = state ^ key;
                key = Linear(Substitute(key ^ constant, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
                state = Linear(Substitute(mixed, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
            }

            h ^= state ^ key ^ message;
            bits += StreebogConstants.BlockBytes * 8;
        }

        h.AsUInt64().CopyTo(chain);
    }

    // As above, with the steps of both messages side by side: while one waits for its result, the other computes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compress(
        Span<ulong> chain,
        ulong bits,
        ReadOnlySpan<byte> blocks,
        Span<ulong> otherChain,
        ulong otherBits,
        ReadOnlySpan<byte> otherBlocks)
    {
        Vector512<byte> p0 = Vector512.Create(StreebogConstants.Pi[..64]);
        Vector512<byte> p1 = Vector512.Create(StreebogConstants.Pi[64..128]);
        Vector512<byte> p2 = Vector512.Create(StreebogConstants.Pi[128..192]);
        Vector512<byte> p3 = Vector512.Create(StreebogConstants.Pi[192..]);
        Vector512<byte> a0 = matrices[0];
        Vector512<byte> a1 = matrices[1];
        Vector512<byte> a2 = matrices[2];
        Vector512<byte> a3 = matrices[3];
        Vector512<byte> b0 = matrices[4];
        Vector512<byte> b1 = matrices[5];
        Vector512<byte> b2 = matrices[6];
        Vector512<byte> b3 = matrices[7];
        Vector512<byte> t = matrices[8];
        Vector512<byte> h = Vector512.Create((ReadOnlySpan<ulong>)chain).AsByte();
        Vector512<byte> g = Vector512.Create((ReadOnlySpan<ulong>)otherChain).AsByte();
        int length = blocks.Length;
        otherBlocks = otherBlocks[..length];
        for (int at = 0; at < length; at += StreebogConstants.BlockBytes)
        {
            Vector512<byte> state = Vector512.Create(blocks[at..]);
            Vector512<byte> other = Vector512.Create(otherBlocks[at..]);
            Vector512<byte> key = h ^ Vector512.CreateScalar(bits).AsByte();
            Vector512<byte> otherKey = g ^ Vector512.CreateScalar(otherBits).AsByte();
            h ^= state;
            g ^= other;
            key = Linear(Substitute(key, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
            otherKey = Linear(Substitute(otherKey, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
            foreach (ref readonly Vector512<byte> constant in _constants.AsSpan())
            {
                Vector512<byte> mixed = state ^ key;
                Vector512<byte> otherMixed = other ^ otherKey;
                key = Linear(Substitute(key ^ constant, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
                otherKey = Linear(Substitute(otherKey ^ constant, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
                state = Linear(Substitute(mixed, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
                other = Linear(Substitute(otherMixed, p0, p1, p2, p3), a0, a1, a2, a3, b0, b1, b2, b3, t);
            }

            h ^= state ^ key;
            g ^= other ^ otherKey;
            bits += StreebogConstants.BlockBytes * 8;
            otherBits += StreebogConstants.BlockBytes * 8;
        }

        h.AsUInt64().CopyTo(chain);
        g.AsUInt64().CopyTo(otherChain);
    }

    // As GF2P8AFFINEQB wants it: the byte for the highest bit of the result is the lowest, and says which bits of the
    // value are summed.
    private static ulong Matrix(int row, int column)
    {
        ulong matrix = 0;
        for (int from = 0; from < 8; from++)
        {
            byte image = (byte)(StreebogConstants.Linear(row, (byte)(1 << from)) >> (8 * column));
            for (int to = 0; to < 8; to++)
            {
                matrix |= (ulong)((image >> to) & 1) << ((8 * (7 - to)) + from);
            }
        }

        return matrix;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Substitute(
        Vector512<byte> value, Vector512<byte> p0, Vector512<byte> p1, Vector512<byte> p2, Vector512<byte> p3)
    {
        Vector512<byte> low = Lookup(p0, value, p1);
        Vector512<byte> high = Lookup(p2, value, p3);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(value.AsSByte(), Vector512<sbyte>.Zero).AsByte(), high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Linear(
        Vector512<byte> value,
        Vector512<byte> a0,
        Vector512<byte> a1,
        Vector512<byte> a2,
        Vector512<byte> a3,
        Vector512<byte> b0,
        Vector512<byte> b1,
        Vector512<byte> b2,
        Vector512<byte> b3,
        Vector512<byte> transposition)
    {
        Vector512<byte> one = Rotate(value, 1);
        Vector512<byte> two = Rotate(value, 2);
        Vector512<byte> three = Rotate(value, 3);
        Vector512<byte> far = Affine(value, b0) ^ Affine(one, b1) ^ (Affine(two, b2) ^ Affine(three, b3));
        Vector512<byte> near = Affine(value, a0) ^ Affine(one, a1) ^ (Affine(two, a2) ^ Affine(three, a3));
        Vector512<byte> columns = near ^ Rotate(far, Distances);
        return Avx512Vbmi.IsSupported
            ? Avx512Vbmi.PermuteVar64x8(columns, transposition)
            : Vector512.Shuffle(columns, transposition);
    }

    // The second halves of these three stand in for the instructions on processors that do not have them. The compiler
    // knows which half it needs and drops the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Lookup(Vector512<byte> lower, Vector512<byte> indices, Vector512<byte> upper)
    {
        if (Avx512Vbmi.IsSupported)
        {
            return Avx512Vbmi.PermuteVar64x8x2(lower, indices, upper);
        }

        Span<byte> table = stackalloc byte[2 * Vector512<byte>.Count];
        lower.CopyTo(table);
        upper.CopyTo(table[Vector512<byte>.Count..]);
        Span<byte> found = stackalloc byte[Vector512<byte>.Count];
        for (int index = 0; index < found.Length; index++)
        {
            found[index] = table[indices[index] & 0x7f];
        }

        return Vector512.Create((ReadOnlySpan<byte>)found);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Rotate(Vector512<byte> value, [ConstantExpected] byte words)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.AlignRight64(value.AsUInt64(), value.AsUInt64(), words).AsByte();
        }

        Span<ulong> twice = stackalloc ulong[2 * StreebogConstants.Words];
        value.AsUInt64().CopyTo(twice);
        value.AsUInt64().CopyTo(twice[StreebogConstants.Words..]);
        return Vector512.Create((ReadOnlySpan<ulong>)twice[words..]).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Affine(Vector512<byte> value, Vector512<byte> matrix)
    {
        if (Gfni.V512.IsSupported)
        {
            return Gfni.V512.GaloisFieldAffineTransform(value, matrix, 0);
        }

        Span<byte> product = stackalloc byte[Vector512<byte>.Count];
        for (int index = 0; index < product.Length; index++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                int summed = value[index] & matrix[(index & ~7) + 7 - bit];
                product[index] |= (byte)((int.PopCount(summed) & 1) << bit);
            }
        }

        return Vector512.Create((ReadOnlySpan<byte>)product);
    }
}
