using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mirror.Engine.Hashing;

/// <summary>The kernel for every processor: substitution, transposition and linear step in one table per row.</summary>
/// <param name="table">As <see cref="Derive"/> makes it.</param>
internal sealed class StreebogTableKernel(ulong[] table) : StreebogKernel
{
    private const int Values = 256;

    private readonly ulong[] _table = table.Length == StreebogConstants.Words * Values
        ? table
        : throw new ArgumentException("The table has eight rows of 256 values.", nameof(table));

    private readonly ulong[] _constants =
        [
            .. Enumerable.Range(0, StreebogConstants.Rounds * StreebogConstants.Words).Select(index =>
                StreebogConstants.Constant((index / StreebogConstants.Words) + 1, index % StreebogConstants.Words)),
        ];

    public override string Name => "table";

    /// <summary>For each of the eight rows what each of the 256 values adds to a word of the result.</summary>
    public static ulong[] Derive() =>
        [
            .. Enumerable.Range(0, StreebogConstants.Words * Values).Select(index =>
                StreebogConstants.Linear(index / Values, StreebogConstants.Pi[index % Values])),
        ];

    public override void Compress(Span<ulong> chain, ulong bits, ReadOnlySpan<byte> blocks)
    {
        if (chain.Length != StreebogConstants.Words)
        {
            throw new ArgumentException("A chaining value has eight words.", nameof(chain));
        }

        for (; blocks.Length >= StreebogConstants.BlockBytes; blocks = blocks[StreebogConstants.BlockBytes..])
        {
            CompressBlock(chain, bits, blocks);
            bits += StreebogConstants.BlockBytes * 8;
        }
    }

    // Eight sums stay in registers. A byte is always within its row of 256 values, and the lengths were checked, so the
    // references cannot leave the table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref ulong from, ref ulong to, ref ulong table)
    {
        ulong a = 0;
        ulong b = 0;
        ulong c = 0;
        ulong d = 0;
        ulong e = 0;
        ulong f = 0;
        ulong g = 0;
        ulong h = 0;
        for (int row = 0; row < StreebogConstants.Words; row++)
        {
            ulong word = Unsafe.Add(ref from, row);
            ref ulong values = ref Unsafe.Add(ref table, row * Values);
            a ^= Unsafe.Add(ref values, (nint)(byte)word);
            b ^= Unsafe.Add(ref values, (nint)(byte)(word >> 8));
            c ^= Unsafe.Add(ref values, (nint)(byte)(word >> 16));
            d ^= Unsafe.Add(ref values, (nint)(byte)(word >> 24));
            e ^= Unsafe.Add(ref values, (nint)(byte)(word >> 32));
            f ^= Unsafe.Add(ref values, (nint)(byte)(word >> 40));
            g ^= Unsafe.Add(ref values, (nint)(byte)(word >> 48));
            h ^= Unsafe.Add(ref values, (nint)(byte)(word >> 56));
        }

        to = a;
        Unsafe.Add(ref to, 1) = b;
        Unsafe.Add(ref to, 2) = c;
        Unsafe.Add(ref to, 3) = d;
        Unsafe.Add(ref to, 4) = e;
        Unsafe.Add(ref to, 5) = f;
        Unsafe.Add(ref to, 6) = g;
        Unsafe.Add(ref to, 7) = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CompressBlock(Span<ulong> chain, ulong bits, ReadOnlySpan<byte> block)
    {
        Span<ulong> message = stackalloc ulong[StreebogConstants.Words];
        Span<ulong> state = stackalloc ulong[StreebogConstants.Words];
        Span<ulong> key = stackalloc ulong[StreebogConstants.Words];
        Span<ulong> mixed = stackalloc ulong[StreebogConstants.Words];
        ref ulong values = ref MemoryMarshal.GetArrayDataReference(_table);
        for (int word = 0; word < message.Length; word++)
        {
            message[word] = BinaryPrimitives.ReadUInt64LittleEndian(block[(word * sizeof(ulong))..]);
            mixed[word] = chain[word];
        }

        mixed[0] ^= bits;
        Step(ref mixed[0], ref key[0], ref values);
        message.CopyTo(state);
        for (int round = 0; round < StreebogConstants.Rounds; round++)
        {
            ReadOnlySpan<ulong> constants = _constants.AsSpan(round * StreebogConstants.Words, StreebogConstants.Words);
            for (int word = 0; word < mixed.Length; word++)
            {
                state[word] ^= key[word];
                mixed[word] = key[word] ^ constants[word];
            }

            Step(ref mixed[0], ref key[0], ref values);
            Step(ref state[0], ref state[0], ref values);
        }

        for (int word = 0; word < chain.Length; word++)
        {
            chain[word] ^= state[word] ^ key[word] ^ message[word];
        }
    }
}
