using System.Globalization;
using System.Text;

namespace Mirror.Engine.Bundles;

/// <summary>The two things a PAX header may say about the entry after it (POSIX pax, "Extended Header").</summary>
internal readonly record struct PaxRecords(string? Path, long? Size)
{
    /// <summary>Reads the body of a PAX header; throws <see cref="FormatException"/> with the reason.</summary>
    public static PaxRecords Parse(ReadOnlySpan<byte> body)
    {
        PaxRecords records = default;
        while (body.Length > 0)
        {
            int space = body.IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(body[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space + 1
                || length > body.Length
                || body[length - 1] != (byte)'\n')
            {
                throw new FormatException("an extended header is malformed");
            }

            string record = Encoding.UTF8.GetString(body[(space + 1)..(length - 1)]);
            body = body[length..];
            int equals = record.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? record : record[..equals];
            string value = record[(equals + 1)..];
            records = key switch
            {
                "path" => records with { Path = value },
                "size" => records with { Size = SizeOf(value) },
                _ when key.StartsWith("GNU.sparse", StringComparison.Ordinal) =>
                    throw new FormatException("an entry is a sparse file"),
                _ => records,
            };
        }

        return records;
    }

    private static long SizeOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw new FormatException("an extended header has a malformed size");
}
