using System.Text;

namespace Mirror.Engine.Bundles.Sums;

/// <summary>
/// The <c>.gostsum</c> files beside archives (docs/behaviour/push-and-bundle.md#gost-checksums): 64 hex digits of GOST
/// R 34.11-2012 over the bytes of one file, and nothing else.
/// </summary>
internal static class GostSums
{
    /// <summary>A sum file longer than this holds something else.</summary>
    private const int LargestFile = 4096;

    public static byte[] Content(string sum) => Encoding.ASCII.GetBytes(sum);

    /// <summary>
    /// The sum a file holds, as d8 writes it or in the lists of <c>gost12sum</c>, <c>rhash</c> and <c>openssl</c>.
    /// White space around it and upper case are tolerated; lines about other files are passed over.
    /// </summary>
    /// <returns>
    /// 64 lower-case hex digits, or <see langword="null"/> when a line is of no known form, or when no line or more
    /// than one sum is about the file.
    /// </returns>
    public static string? Parse(ReadOnlySpan<byte> content, string file)
    {
        string text = content.Length <= LargestFile ? Encoding.UTF8.GetString(content) : "";
        GostSumLine?[] lines =
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(GostSumLine.Read),
        ];
        string[] sums =
            [.. lines.OfType<GostSumLine>().Where(line => line.IsAbout(file)).Select(line => line.Sum).Distinct()];
        return sums.Length == 1 && !lines.Contains(null) ? sums[0] : null;
    }
}
