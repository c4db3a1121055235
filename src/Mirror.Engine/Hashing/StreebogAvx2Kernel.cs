using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Mirror.Engine.Hashing.StreebogAvx2Tables;

namespace Mirror.Engine.Hashing;

/// <summary>
/// The kernel for processors with AVX2. A lane of 128 bits holds a row of the state and the same row of the key, so
/// that one step serves both; rows 0 and 2, 1 and 3, 4 and 6, 5 and 7 share a vector. Everything is kept under the map
/// alpha of <see cref="StreebogNibbles"/>: the substitution then begins and ends with nibbles; its maps cost nothing.
/// </summary>
/// <param name="tables">As <see cref="Derive"/> makes them.</param>
internal sealed class StreebogAvx2Kernel(Vector256<byte>[] tables) : StreebogKernel
{
    // Aligned, and never moved: a vector that straddles two cache lines is read twice.
    private readonly byte[] _memory = Pinned(tables);

    /// <summary>Whether this processor can run it.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public override string Name => "AVX2";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compress(Span<ulong> chain, ulong bits, ReadOnlySpan<byte> blocks)
    {
        ref Vector256<byte> table = ref Aligned();
        Vector256<byte> h0 = Map(Rows(chain, 0), ref table, AlphaLow);
        Vector256<byte> h1 = Map(Rows(chain, 1), ref table, AlphaLow);
        Vector256<byte> h2 = Map(Rows(chain, 2), ref table, AlphaLow);
        Vector256<byte> h3 = Map(Rows(chain, 3), ref table, AlphaLow);
        Span<Vector256<byte>> content = stackalloc Vector256<byte>[4];
        for (; blocks.Length >= StreebogConstants.BlockBytes; blocks = blocks[StreebogConstants.BlockBytes..])
        {
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(blocks[..StreebogConstants.BlockBytes]);
            content[0] = Map(Rows(words, 0), ref table, AlphaLow);
            content[1] = Map(Rows(words, 1), ref table, AlphaLow);
            content[2] = Map(Rows(words, 2), ref table, AlphaLow);
            content[3] = Map(Rows(words, 3), ref table, AlphaLow);
            Vector256<byte> v0 = h0 ^ Map(Vector256.Create(bits, bits, 0, 0).AsByte(), ref table, AlphaLow);
            Vector256<byte> v1 = h1;
            Vector256<byte> v2 = h2;
            Vector256<byte> v3 = h3;
            Step(ref v0, ref v1, ref v2, ref v3, ref table);

            // The first step made a key; the message takes the place of the state beside it.
            ref Vector256<byte> constants = ref Unsafe.Add(ref table, Constants);
            v0 = KeyTwice(v0) ^ StateOnly(content[0]) ^ constants;
            v1 = KeyTwice(v1) ^ StateOnly(content[1]) ^ Unsafe.Add(ref constants, 1);
            v2 = KeyTwice(v2) ^ StateOnly(content[2]) ^ Unsafe.Add(ref constants, 2);
            v3 = KeyTwice(v3) ^ StateOnly(content[3]) ^ Unsafe.Add(ref constants, 3);
            for (int round = 1; round < StreebogConstants.Rounds; round++)
            {
                Step(ref v0, ref v1, ref v2, ref v3, ref table);
                constants = ref Unsafe.Add(ref constants, 4);
                v0 = WithKey(v0) ^ constants;
                v1 = WithKey(v1) ^ Unsafe.Add(ref constants, 1);
                v2 = WithKey(v2) ^ Unsafe.Add(ref constants, 2);
                v3 = WithKey(v3) ^ Unsafe.Add(ref constants, 3);
            }

            Step(ref v0, ref v1, ref v2, ref v3, ref table);
            h0 ^= content[0] ^ StateTwice(WithKey(v0));
            h1 ^= content[1] ^ StateTwice(WithKey(v1));
            h2 ^= content[2] ^ StateTwice(WithKey(v2));
            h3 ^= content[3] ^ StateTwice(WithKey(v3));
            bits += StreebogConstants.BlockBytes * 8;
        }

        Store(Map(h0, ref table, InverseLow), chain, 0);
        Store(Map(h1, ref table, InverseLow), chain, 1);
        Store(Map(h2, ref table, InverseLow), chain, 2);
        Store(Map(h3, ref table, InverseLow), chain, 3);
    }

    private static byte[] Pinned(Vector256<byte>[] tables)
    {
        if (tables.Length != Length)
        {
            throw new ArgumentException("These are not the tables of this kernel.", nameof(tables));
        }

        byte[] memory = GC.AllocateUninitializedArray<byte>((Length + 1) * 32, pinned: true);
        MemoryMarshal.AsBytes(tables.AsSpan()).CopyTo(memory.AsSpan(Start(memory)));
        return memory;
    }

    private static int Start(byte[] memory) => (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & 31);

    // Both halves of a lane hold the row.
    private static Vector256<byte> Rows(ReadOnlySpan<ulong> words, int vector)
    {
        int row = FirstRow(vector);
        return Vector256.Create(words[row], words[row], words[row + 2], words[row + 2]).AsByte();
    }

    private static void Store(Vector256<byte> rows, Span<ulong> words, int vector)
    {
        int row = FirstRow(vector);
        words[row] = rows.AsUInt64()[0];
        words[row + 2] = rows.AsUInt64()[2];
    }

    private static Vector256<byte> Map(Vector256<byte> value, ref Vector256<byte> table, int low)
    {
        Vector256<byte> nibble = Vector256.Create((byte)0x0f);
        return Avx2.Shuffle(Unsafe.Add(ref table, low), value & nibble)
            ^ Avx2.Shuffle(
                Unsafe.Add(ref table, low + 1), Avx2.ShiftRightLogical(value.AsUInt16(), 4).AsByte() & nibble);
    }

    private static Vector256<byte> KeyTwice(Vector256<byte> rows) =>
        Avx2.UnpackHigh(rows.AsUInt64(), rows.AsUInt64()).AsByte();

    private static Vector256<byte> StateTwice(Vector256<byte> rows) =>
        Avx2.UnpackLow(rows.AsUInt64(), rows.AsUInt64()).AsByte();

    private static Vector256<byte> StateOnly(Vector256<byte> rows) =>
        Avx2.UnpackLow(rows.AsUInt64(), Vector256<ulong>.Zero).AsByte();

    private static Vector256<byte> WithKey(Vector256<byte> rows) =>
        rows ^ Avx2.ShiftRightLogical128BitLane(rows, 8);

    // The substitution, down to the two nibbles that the tables of the linear step look up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Substitute(
        Vector256<byte> rows, ref Vector256<byte> table, out Vector256<byte> left, out Vector256<byte> right)
    {
        Vector256<byte> nibble = Vector256.Create((byte)0x0f);
        Vector256<byte> order = Vector256.Create((byte)15);
        Vector256<byte> low = rows & nibble;
        Vector256<byte> high = Avx2.ShiftRightLogical(rows.AsUInt16(), 4).AsByte() & nibble;
        Vector256<byte> product = Avx2.AddSaturate(
            Avx2.Shuffle(Unsafe.Add(ref table, Logarithm), high),
            Avx2.Shuffle(Unsafe.Add(ref table, InverseLogarithm), low));
        product = Avx2.Min(product, product - order);
        left = Avx2.Shuffle(Unsafe.Add(ref table, Left), product)
            ^ Avx2.Shuffle(
                Unsafe.Add(ref table, LeftAlone), high | Avx2.Shuffle(Unsafe.Add(ref table, NotAlone), low));
        product = Avx2.AddSaturate(
            Avx2.Shuffle(Unsafe.Add(ref table, Logarithm), low),
            Avx2.Shuffle(Unsafe.Add(ref table, FactorLogarithm), left));
        product = Avx2.Min(product, product - order);
        right = Avx2.Shuffle(Unsafe.Add(ref table, Right), product);
    }

    // What a vector of rows adds to a column: low and high lane are still to be added.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Column(
        Vector256<byte> left, Vector256<byte> right, ref Vector256<byte> table, int at) =>
        Avx2.Shuffle(Unsafe.Add(ref table, at), left) ^ Avx2.Shuffle(Unsafe.Add(ref table, at + 1), right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Lanes(Vector256<byte> first, Vector256<byte> second) =>
        Avx2.Permute2x128(first, second, 0x20) ^ Avx2.Permute2x128(first, second, 0x31);

    // Substitution, linear step, and the columns that come out of it made rows again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        ref Vector256<byte> v0,
        ref Vector256<byte> v1,
        ref Vector256<byte> v2,
        ref Vector256<byte> v3,
        ref Vector256<byte> table)
    {
        Substitute(v0, ref table, out Vector256<byte> left, out Vector256<byte> right);
        Vector256<byte> c0 = Column(left, right, ref table, 0);
        Vector256<byte> c1 = Column(left, right, ref table, 2);
        Vector256<byte> c2 = Column(left, right, ref table, 4);
        Vector256<byte> c3 = Column(left, right, ref table, 6);
        Vector256<byte> c4 = Column(left, right, ref table, 8);
        Vector256<byte> c5 = Column(left, right, ref table, 10);
        Vector256<byte> c6 = Column(left, right, ref table, 12);
        Vector256<byte> c7 = Column(left, right, ref table, 14);
        Substitute(v1, ref table, out left, out right);
        c0 ^= Column(left, right, ref table, (1 * Linear) + 0);
        c1 ^= Column(left, right, ref table, (1 * Linear) + 2);
        c2 ^= Column(left, right, ref table, (1 * Linear) + 4);
        c3 ^= Column(left, right, ref table, (1 * Linear) + 6);
        c4 ^= Column(left, right, ref table, (1 * Linear) + 8);
        c5 ^= Column(left, right, ref table, (1 * Linear) + 10);
        c6 ^= Column(left, right, ref table, (1 * Linear) + 12);
        c7 ^= Column(left, right, ref table, (1 * Linear) + 14);
        Substitute(v2, ref table, out left, out right);
        c0 ^= Column(left, right, ref table, (2 * Linear) + 0);
        c1 ^= Column(left, right, ref table, (2 * Linear) + 2);
        c2 ^= Column(left, right, ref table, (2 * Linear) + 4);
        c3 ^= Column(left, right, ref table, (2 * Linear) + 6);
        c4 ^= Column(left, right, ref table, (2 * Linear) + 8);
        c5 ^= Column(left, right, ref table, (2 * Linear) + 10);
        c6 ^= Column(left, right, ref table, (2 * Linear) + 12);
        c7 ^= Column(left, right, ref table, (2 * Linear) + 14);
        Substitute(v3, ref table, out left, out right);
        c0 ^= Column(left, right, ref table, (3 * Linear) + 0);
        c1 ^= Column(left, right, ref table, (3 * Linear) + 2);
        c2 ^= Column(left, right, ref table, (3 * Linear) + 4);
        c3 ^= Column(left, right, ref table, (3 * Linear) + 6);
        c4 ^= Column(left, right, ref table, (3 * Linear) + 8);
        c5 ^= Column(left, right, ref table, (3 * Linear) + 10);
        c6 ^= Column(left, right, ref table, (3 * Linear) + 12);
        c7 ^= Column(left, right, ref table, (3 * Linear) + 14);
        c0 = Lanes(c0, c4);
        c1 = Lanes(c1, c5);
        c2 = Lanes(c2, c6);
        c3 = Lanes(c3, c7);
        Vector256<ushort> state = Avx2.UnpackLow(c0, c1).AsUInt16();
        Vector256<ushort> key = Avx2.UnpackHigh(c0, c1).AsUInt16();
        Vector256<ushort> stateOther = Avx2.UnpackLow(c2, c3).AsUInt16();
        Vector256<ushort> keyOther = Avx2.UnpackHigh(c2, c3).AsUInt16();
        Vector256<int> order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        Vector256<ulong> state0 = Words(Avx2.UnpackLow(state, stateOther), order);
        Vector256<ulong> key0 = Words(Avx2.UnpackLow(key, keyOther), order);
        Vector256<ulong> state4 = Words(Avx2.UnpackHigh(state, stateOther), order);
        Vector256<ulong> key4 = Words(Avx2.UnpackHigh(key, keyOther), order);
        v0 = Avx2.UnpackLow(state0, key0).AsByte();
        v1 = Avx2.UnpackHigh(state0, key0).AsByte();
        v2 = Avx2.UnpackLow(state4, key4).AsByte();
        v3 = Avx2.UnpackHigh(state4, key4).AsByte();
    }

    // The low lane holds the lower halves of four rows, the high lane the upper ones.
    private static Vector256<ulong> Words(Vector256<ushort> halves, Vector256<int> order) =>
        Avx2.PermuteVar8x32(halves.AsInt32(), order).AsUInt64();

    private ref Vector256<byte> Aligned() => ref Unsafe.As<byte, Vector256<byte>>(ref _memory[Start(_memory)]);
}
