namespace Mirror.Engine.Hashing;

/// <summary>
/// The substitution pi taken apart into tables of 16 entries, which a shuffle of bytes can look up (Biryukov, Perrin,
/// Udovenko, "Reverse-Engineering the S-Box of Streebog, Kuznyechik and STRIBOBr1", 2016): a linear map alpha, two
/// multiplications in the field of 16 elements with small permutations around them, and a linear map omega.
/// </summary>
internal static class StreebogNibbles
{
    private const int Order = 15;

    /// <summary>x^4 + x^3 + 1.</summary>
    private const int Polynomial = 0x19;

    /// <summary>A logarithm that no sum of two brings below 128: a shuffle answers zero.</summary>
    private const byte NoLogarithm = 0xff;

    private static readonly byte[] Powers = [.. PowersOfTwo()];

    private static ReadOnlySpan<byte> Nu0 => [2, 5, 3, 11, 6, 9, 14, 10, 0, 4, 15, 1, 8, 13, 12, 7];

    private static ReadOnlySpan<byte> Nu1 => [7, 6, 12, 9, 0, 15, 8, 1, 4, 5, 11, 14, 13, 2, 3, 10];

    private static ReadOnlySpan<byte> Phi => [11, 2, 11, 8, 12, 4, 1, 12, 6, 3, 5, 8, 14, 3, 6, 11];

    private static ReadOnlySpan<byte> Sigma => [12, 13, 0, 4, 8, 11, 10, 14, 3, 9, 5, 2, 15, 1, 6, 7];

    private static ReadOnlySpan<byte> AlphaRows => [0x08, 0x41, 0x43, 0xef, 0x8a, 0x44, 0x1a, 0x20];

    private static ReadOnlySpan<byte> OmegaRows => [0x0a, 0x04, 0x20, 0x9a, 0x08, 0x44, 0x82, 0x01];

    /// <summary>The linear map before the nibbles.</summary>
    public static byte Alpha(int value) => Map(AlphaRows, value);

    /// <summary>Undoes <see cref="Alpha"/>.</summary>
    public static byte AlphaInverse(int value) =>
        (byte)Enumerable.Range(0, 256).First(candidate => Alpha(candidate) == value);

    /// <summary>The linear map after the nibbles, of a left nibble as <see cref="Left"/> leaves it.</summary>
    public static byte OmegaLeft(int left) => Map(OmegaRows, (left ^ Nu1[0]) << 4);

    /// <summary>As <see cref="OmegaLeft"/>, of a right nibble.</summary>
    public static byte OmegaRight(int right) => Map(OmegaRows, right ^ Sigma[0]);

    /// <summary>The logarithm of a nibble.</summary>
    public static byte Logarithm(int nibble) => nibble == 0 ? NoLogarithm : (byte)Array.IndexOf(Powers, (byte)nibble);

    /// <summary>The logarithm of the inverse of a nibble.</summary>
    public static byte InverseLogarithm(int nibble) =>
        nibble == 0 ? NoLogarithm : (byte)((Order - Logarithm(nibble)) % Order);

    /// <summary>What a left nibble becomes when the right one is zero, less nu1(0).</summary>
    public static byte LeftAlone(int left) => (byte)(Nu0[left] ^ Nu1[0]);

    /// <summary>Looks nothing up unless the right nibble is zero.</summary>
    public static byte NotAlone(int right) => right == 0 ? (byte)0 : (byte)0x80;

    /// <summary>The left nibble from the logarithm of the product, less nu1(0): a product of zero gives zero.</summary>
    public static byte Left(int logarithm) => (byte)(logarithm < Order ? Nu1[Powers[logarithm]] ^ Nu1[0] : 0);

    /// <summary>The logarithm of the factor for the right nibble, from a left nibble of <see cref="Left"/>.</summary>
    public static byte FactorLogarithm(int left) => Logarithm(Phi[left ^ Nu1[0]]);

    /// <summary>The right nibble from the logarithm of the product, less sigma(0).</summary>
    public static byte Right(int logarithm) => (byte)(logarithm < Order ? Sigma[Powers[logarithm]] ^ Sigma[0] : 0);

    private static byte Map(ReadOnlySpan<byte> rows, int value)
    {
        int mapped = 0;
        foreach (byte row in rows)
        {
            mapped = (mapped << 1) | (int.PopCount(row & value) & 1);
        }

        return (byte)mapped;
    }

    private static IEnumerable<byte> PowersOfTwo()
    {
        int power = 1;
        for (int exponent = 0; exponent < Order; exponent++)
        {
            yield return (byte)power;
            power <<= 1;
            power ^= power > Order ? Polynomial : 0;
        }
    }
}
