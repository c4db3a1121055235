using Mirror.Engine.Hashing;

namespace Mirror.Engine.Bundles.Sums;

/// <summary>A line of a sum file.</summary>
/// <param name="Sum">64 lower-case hex digits.</param>
/// <param name="Path">The file it is about, as the tool was told; <see langword="null"/>: the line names none.</param>
internal sealed record GostSumLine(string Sum, string? Path)
{
    /// <summary>Whether it is the sum of a file in the same folder: tools print the path they were given.</summary>
    public bool IsAbout(string file) => Path is null || Path[(Path.LastIndexOfAny(['/', '\\']) + 1)..] == file;

    /// <summary>
    /// Reads the bare sum of d8, "sum  name" and "sum *name" (gost12sum, rhash), "NAME (name) = sum" (rhash --bsd) and
    /// "name(name)= sum" (openssl dgst).
    /// </summary>
    /// <returns><see langword="null"/> for anything else.</returns>
    public static GostSumLine? Read(string line)
    {
        const int Digits = Streebog.HexLength;
        const int Gap = 2;
        if (line.Length == Digits)
        {
            return Create(line, null);
        }

        if (line.Length > Digits + Gap && line[Digits] == ' ' && line[Digits + 1] is ' ' or '*')
        {
            return Create(line[..Digits], line[(Digits + Gap)..]);
        }

        int opened = line.IndexOf('(', StringComparison.Ordinal);
        int closed = line.LastIndexOf(')');
        return opened > 0 && closed > opened + 1 && line[(closed + 1)..].TrimStart() is ['=', .. string sum]
            ? Create(sum.TrimStart(), line[(opened + 1)..closed])
            : null;
    }

    private static GostSumLine? Create(string sum, string? path) =>
        sum.Length == Streebog.HexLength && sum.All(char.IsAsciiHexDigit)
            ? new GostSumLine(sum.ToLowerInvariant(), path)
            : null;
}
