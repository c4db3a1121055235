using System.Buffers;
using System.Globalization;

namespace Mirror.Engine.Settings.Texts;

/// <summary>
/// Go durations without a sign: <c>0</c>, or numbers with units one after the other, as in <c>1h30m</c> or <c>1.5s</c>.
/// </summary>
internal static class DurationText
{
    public const string Form = "a duration such as 30s, 5m or 1h30m, or 0";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        decimal ticks = 0;
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            if (!TryTakeNumber(ref rest, out decimal number) || !TryTakeUnit(ref rest, out decimal unit)
                || number > long.MaxValue / unit)
            {
                return false;
            }

            ticks += number * unit;
        }

        bool fits = text.Length > 0 && ticks <= long.MaxValue;
        value = fits ? TimeSpan.FromTicks((long)ticks) : TimeSpan.Zero;
        return fits;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> rest, out decimal number)
    {
        int length = rest.IndexOfAnyExcept(NumberCharacters);
        length = length < 0 ? rest.Length : length;
        bool parsed = decimal.TryParse(
            rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
        rest = rest[length..];
        return parsed;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        int length = rest.IndexOfAny(NumberCharacters);
        length = length < 0 ? rest.Length : length;
        ticks = rest[..length] switch
        {
            "ns" => 0.01m,
            "us" or "\u00b5s" or "\u03bcs" => TimeSpan.TicksPerMicrosecond,
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => 0,
        };
        rest = rest[length..];
        return ticks > 0;
    }
}
