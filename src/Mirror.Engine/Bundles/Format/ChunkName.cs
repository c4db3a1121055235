using System.Globalization;
using System.Text.RegularExpressions;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles.Format;

/// <summary>The name of a chunk: <c>platform.tar.0003.chunk</c> (docs/bundle-format.md).</summary>
internal sealed partial record ChunkName(string Archive, int Number)
{
    /// <summary>The most chunks of a set: numbers have up to nine digits.</summary>
    public const int MostChunks = 1_000_000_000;

    /// <summary>Reads a file name; <see langword="null"/> when it is none of a chunk.</summary>
    public static ChunkName? Parse(string fileName)
    {
        Match match = Pattern().Match(fileName);
        if (!match.Success)
        {
            return null;
        }

        string digits = match.Groups["number"].Value;
        ChunkName name = new(
            match.Groups["archive"].Value, int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));

        // Five digits begin at 10000: 00000 is another file that no writer makes.
        return name.FileName == fileName ? name : null;
    }

    public string FileName => $"{Archive}.{Number:0000}.chunk";

    /// <summary>
    /// Whether a name has one of the forms that documents of d8 show, and that no version of it ever wrote.
    /// </summary>
    public static bool IsPhantom(string fileName) => Parse(fileName) is null && PhantomPattern().IsMatch(fileName);

    [GeneratedRegex(
        @"\A(?<archive>.+\.tar)\.(?<number>[0-9]{4,9})\.chunk\z", RegexOptions.None, OciLimits.PatternMilliseconds)]
    private static partial Regex Pattern();

    [GeneratedRegex(
        @"\.chunk\z|\.tar\.chunk[0-9]+\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        OciLimits.PatternMilliseconds)]
    private static partial Regex PhantomPattern();
}
