using System.Buffers;
using System.Globalization;

namespace Mirror.Engine.Settings.Texts;

/// <summary>
/// Sizes: a whole number of some agreed unit, or a number with a unit: <c>500MB</c>, <c>1.5GB</c>, <c>4 GiB</c>.
/// </summary>
internal static class SizeText
{
    public const long Gigabyte = 1_000_000_000;

    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Parses a size. A sign is read, for the range to be judged elsewhere.</summary>
    public static bool TryParse(string text, long bareUnit, out long bytes)
    {
        bytes = 0;
        int digits = text.AsSpan().LastIndexOfAny(NumberCharacters) + 1;
        bool isBare = digits == text.Length;
        decimal unit = isBare ? bareUnit : Unit(text[digits..].Trim());
        if (unit == 0
            || !decimal.TryParse(text.AsSpan(0, digits), Number, CultureInfo.InvariantCulture, out decimal number)
            || decimal.Abs(number) > long.MaxValue / unit
            || (isBare && !decimal.IsInteger(number))
            || !decimal.IsInteger(number * unit))
        {
            return false;
        }

        bytes = (long)(number * unit);
        return true;
    }

    private static decimal Unit(string unit) => unit.ToUpperInvariant() switch
    {
        "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => Gigabyte,
        "TB" => 1_000 * Gigabyte,
        "KIB" => 1L << 10,
        "MIB" => 1L << 20,
        "GIB" => 1L << 30,
        "TIB" => 1L << 40,
        _ => 0,
    };
}
