namespace Mirror.Engine.Hashing;

/// <summary>
/// One way to compute the compression function of GOST R 34.11-2012 (RFC 6986, section 8). Kernels differ in speed and
/// in what they ask of the processor, never in the result. They hold no state and may be shared by threads.
/// </summary>
internal abstract class StreebogKernel
{
    /// <summary>What reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>How many messages at once are faster than one after the other.</summary>
    public virtual int Messages => 1;

    /// <summary>Compresses whole blocks into the chaining value.</summary>
    /// <param name="chain">The chaining value h: eight words, lowest first.</param>
    /// <param name="bits">N, the bits before the first block; every block adds its own.</param>
    /// <param name="blocks">The content: a multiple of 64 bytes.</param>
    public abstract void Compress(Span<ulong> chain, ulong bits, ReadOnlySpan<byte> blocks);

    /// <summary>
    /// Compresses equally many blocks of two messages: where a processor computes two things at once, faster than one
    /// after the other, and nowhere slower.
    /// </summary>
    public virtual void Compress(
        Span<ulong> chain,
        ulong bits,
        ReadOnlySpan<byte> blocks,
        Span<ulong> otherChain,
        ulong otherBits,
        ReadOnlySpan<byte> otherBlocks)
    {
        Compress(chain, bits, blocks);
        Compress(otherChain, otherBits, otherBlocks);
    }
}
