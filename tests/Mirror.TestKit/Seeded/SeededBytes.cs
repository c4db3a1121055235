using System.Buffers.Binary;

namespace Mirror.TestKit.Seeded;

/// <summary>
/// Bytes that are a function of (seed, offset): the word at index i is the SplitMix64 finaliser of
/// seed + (i + 1) * gamma, written little-endian.
/// Any part can be made without the parts before it, the same on every machine.
/// </summary>
public static class SeededBytes
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Fills the span with the bytes from <paramref name="offset"/> on.</summary>
    public static void Fill(ulong seed, long offset, Span<byte> destination)
    {
        var index = (ulong)offset / sizeof(ulong);
        var skip = (int)(offset % sizeof(ulong));
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (skip > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Word(seed, index++));
            var head = word[skip..];
            head = head[..Math.Min(head.Length, destination.Length)];
            head.CopyTo(destination);
            destination = destination[head.Length..];
        }

        for (; destination.Length >= sizeof(ulong); destination = destination[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, Word(seed, index++));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(word, Word(seed, index));
        word[..destination.Length].CopyTo(destination);
    }

    /// <summary>One well-mixed number for a (seed, index) pair.</summary>
    internal static ulong Word(ulong seed, ulong index)
    {
        unchecked
        {
            var mixed = seed + ((index + 1) * Gamma);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
