using System.Globalization;

namespace Mirror.Engine.Registry.Writing;

/// <summary>
/// How much of an upload a registry has: <c>Range: 0-n</c> names the last byte (distribution-spec 1.1); some write a
/// unit or a total to it, as other ranges of HTTP have. <c>0-0</c> means one byte or none, and no piece is that short;
/// no header means nothing.
/// </summary>
internal static class UploadRange
{
    private const string Unit = "bytes";

    /// <summary>The bytes that are there; <see langword="null"/> when the header cannot be understood.</summary>
    /// <param name="header">The header.</param>
    /// <param name="namesCount">Whether this registry names the number of bytes instead of the last one.</param>
    public static long? Received(string? header, bool namesCount = false) =>
        header is null ? 0 : End(header) is { } end ? end == 0 || namesCount ? end : end + 1 : null;

    /// <summary>The second number of the range; <see langword="null"/> when the header is no such range.</summary>
    public static long? End(string? header)
    {
        ReadOnlySpan<char> range = header.AsSpan().Trim();
        if (range.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            range = range[Unit.Length..].TrimStart("= \t");
        }

        int total = range.IndexOf('/');
        range = total < 0 ? range : range[..total];
        return range.StartsWith("0-")
            && long.TryParse(range[2..], NumberStyles.None, CultureInfo.InvariantCulture, out long end)
            && end < long.MaxValue
                ? end
                : null;
    }
}
