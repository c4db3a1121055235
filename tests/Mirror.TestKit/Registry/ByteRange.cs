using System.Globalization;

namespace Mirror.TestKit.Registry;

/// <summary>The part of a blob one answer carries.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>
    /// Reads a Range header (RFC 9110, section 14): null when there is none or it is to be ignored (malformed, several
    /// ranges); a length of 0 when it cannot be satisfied.
    /// </summary>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = header[Unit.Length..].Split('-');
        if (parts.Length != 2 || !TryRead(parts[0], out var first) || !TryRead(parts[1], out var last))
        {
            return null;
        }

        return (first, last) switch
        {
            (null, null) => null,
            (null, { } suffix) => new ByteRange(Math.Max(0, size - suffix), Math.Min(suffix, size)),
            ({ } from, { } to) when to < from => null,
            ({ } from, _) when from >= size => new ByteRange(from, 0),
            ({ } from, { } to) => new ByteRange(from, Math.Min(to, size - 1) - from + 1),
            ({ } from, null) => new ByteRange(from, size - from),
        };
    }

    private static bool TryRead(string text, out long? number)
    {
        number = null;
        if (text.Length == 0)
        {
            return true;
        }

        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return read;
    }
}
