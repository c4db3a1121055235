using System.Globalization;
using System.Text;

namespace Mirror.Engine.Archives;

/// <summary>What counts of a PAX header about the entry after it (POSIX pax, "Extended Header").</summary>
internal readonly record struct PaxRecords
{
    public long? Size { get; private init; }

    public bool IsSparse { get; private init; }

    /// <summary>The name; of a sparse file the one that it has once unpacked, wherever the record stands.</summary>
    public string? Path => SparseName ?? OwnPath;

    private string? OwnPath { get; init; }

    private string? SparseName { get; init; }

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

            records = records.With(body[(space + 1)..(length - 1)]);
            body = body[length..];
        }

        return records;
    }

    private PaxRecords With(ReadOnlySpan<byte> record)
    {
        int equals = record.IndexOf((byte)'=');
        ReadOnlySpan<byte> key = equals < 0 ? record : record[..equals];
        ReadOnlySpan<byte> value = record[(equals + 1)..];
        return key switch
        {
            _ when key.SequenceEqual("path"u8) => this with { OwnPath = Encoding.UTF8.GetString(value) },
            _ when key.SequenceEqual("size"u8) => this with { Size = SizeOf(value) },
            _ when key.SequenceEqual("GNU.sparse.name"u8) =>
                this with { SparseName = Encoding.UTF8.GetString(value), IsSparse = true },
            _ when key.StartsWith("GNU.sparse"u8) => this with { IsSparse = true },
            _ => this,
        };
    }

    private static long SizeOf(ReadOnlySpan<byte> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw new FormatException("an extended header has a malformed size");
}
