using System.Runtime.Intrinsics;

namespace Mirror.Engine.Hashing;

/// <summary>The tables of <see cref="StreebogAvx2Kernel"/>: vectors, and where each of them is.</summary>
internal static class StreebogAvx2Tables
{
    /// <summary>The linear step comes first: so many vectors for each vector of rows.</summary>
    public const int Linear = 16;
    public const int Logarithm = 64;
    public const int InverseLogarithm = 65;
    public const int Left = 66;
    public const int LeftAlone = 67;
    public const int NotAlone = 68;
    public const int FactorLogarithm = 69;
    public const int Right = 70;
    public const int AlphaLow = 71;
    public const int AlphaHigh = 72;
    public const int InverseLow = 73;
    public const int InverseHigh = 74;
    public const int Constants = 75;
    public const int Length = Constants + (4 * StreebogConstants.Rounds);

    /// <summary>The tables, from the values of the standard.</summary>
    public static Vector256<byte>[] Derive()
    {
        Vector256<byte>[] tables = new Vector256<byte>[Length];
        for (int vector = 0; vector < 4; vector++)
        {
            int row = FirstRow(vector);
            for (int column = 0; column < StreebogConstants.Words; column++)
            {
                int at = (vector * Linear) + (column * 2);
                tables[at] = Vector256.Create(
                    Column(row, column, StreebogNibbles.OmegaLeft), Column(row + 2, column, StreebogNibbles.OmegaLeft));
                tables[at + 1] = Vector256.Create(
                    Column(row, column, StreebogNibbles.OmegaRight),
                    Column(row + 2, column, StreebogNibbles.OmegaRight));
            }
        }

        tables[Logarithm] = Both(StreebogNibbles.Logarithm);
        tables[InverseLogarithm] = Both(StreebogNibbles.InverseLogarithm);
        tables[Left] = Both(StreebogNibbles.Left);
        tables[LeftAlone] = Both(StreebogNibbles.LeftAlone);
        tables[NotAlone] = Both(StreebogNibbles.NotAlone);
        tables[FactorLogarithm] = Both(StreebogNibbles.FactorLogarithm);
        tables[Right] = Both(StreebogNibbles.Right);
        tables[AlphaLow] = Both(StreebogNibbles.Alpha);
        tables[AlphaHigh] = Both(nibble => StreebogNibbles.Alpha(nibble << 4));
        tables[InverseLow] = Both(StreebogNibbles.AlphaInverse);
        tables[InverseHigh] = Both(nibble => StreebogNibbles.AlphaInverse(nibble << 4));
        for (int index = 0; index < 4 * StreebogConstants.Rounds; index++)
        {
            int row = FirstRow(index % 4);
            tables[Constants + index] = Vector256.Create(
                0, Alpha((index / 4) + 1, row), 0, Alpha((index / 4) + 1, row + 2)).AsByte();
        }

        return tables;
    }

    /// <summary>The row in the low lane of a vector; the high lane has the row two further on.</summary>
    public static int FirstRow(int vector) => vector < 2 ? vector : vector + 2;

    private static Vector128<byte> Column(int row, int column, Func<int, byte> omega) =>
        Table(nibble => StreebogNibbles.Alpha(
            (byte)(StreebogConstants.Linear(row, omega(nibble)) >> (8 * column))));

    private static Vector128<byte> Table(Func<int, byte> entry) =>
        Vector128.Create([.. Enumerable.Range(0, 16).Select(entry)]);

    private static Vector256<byte> Both(Func<int, byte> entry) => Vector256.Create(Table(entry), Table(entry));

    private static ulong Alpha(int key, int word)
    {
        ulong constant = StreebogConstants.Constant(key, word);
        ulong mapped = 0;
        for (int shift = 0; shift < 64; shift += 8)
        {
            mapped |= (ulong)StreebogNibbles.Alpha((byte)(constant >> shift)) << shift;
        }

        return mapped;
    }
}
