using System.Globalization;

namespace Mirror.Engine.Registry;

/// <summary>
/// How much of an upload a registry has: <c>Range: 0-n</c> names the last byte (distribution-spec 1.1). <c>0-0</c>
/// means one byte or none, and no piece is that short; no header means nothing.
/// </summary>
internal static class UploadRange
{
    /// <summary>The bytes that are there; <see langword="null"/> when the header cannot be understood.</summary>
    public static long? Received(string? header)
    {
        if (header is null)
        {
            return 0;
        }

        ReadOnlySpan<char> range = header.AsSpan().Trim();
        range = range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) ? range[6..] : range;
        return range.StartsWith("0-")
            && long.TryParse(range[2..], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            && last < long.MaxValue
                ? last == 0 ? 0 : last + 1
                : null;
    }
}
