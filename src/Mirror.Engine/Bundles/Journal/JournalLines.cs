using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Journal;

/// <summary>The texts of a journal's lines (docs/bundle-format.md), written and read.</summary>
internal static class JournalLines
{
    private const string Format = "deckhouse-mirror/journal/1";
    private const int HexDigits = 64;

    public static string Header(JournalHeader header) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Format} {header.Archive} {header.Fingerprint} {header.Length} {header.ChunkBytes} {header.Place}");

    public static string Written(JournalExtent extent) => Line("written", extent);

    public static string Begun(JournalExtent extent) => Line("begun", extent);

    public static string Durable(int count) => string.Create(CultureInfo.InvariantCulture, $"durable {count}");

    /// <summary>Reads a journal; <see langword="null"/> when its first line is none of this format.</summary>
    public static JournalContent? Read(ReadOnlySpan<byte> content)
    {
        JournalChain chain = new();
        ReadOnlySpan<byte> rest = content;
        if (chain.Take(ref rest) is not { } first || ReadHeader(first) is not { } header)
        {
            return null;
        }

        ImmutableArray<JournalExtent>.Builder written = ImmutableArray.CreateBuilder<JournalExtent>();
        Dictionary<long, JournalExtent> begun = [];
        int durable = 0;
        while (chain.Take(ref rest) is { } line)
        {
            string[] fields = line.Split(' ');
            if (fields is ["written", ..] && TryExtent(fields, header.Length, out JournalExtent extent))
            {
                written.Add(extent);
                begun.Remove(extent.Offset);
            }
            else if (fields is ["begun", ..] && TryExtent(fields, header.Length, out extent))
            {
                begun[extent.Offset] = extent;
            }
            else if (fields is ["durable", var text] && TryNumber(text, out long count) && count <= written.Count)
            {
                durable = Math.Max(durable, (int)count);
            }
            else if (fields is not ["summed", ..])
            {
                // "summed" is a state of a GOST sum, as earlier versions recorded it: nothing proves one.
                break;
            }
        }

        return new JournalContent(header, written.ToImmutable(), durable, [.. begun.Values]);
    }

    private static JournalHeader? ReadHeader(string line) =>
        line.Split(' ') is [Format, var archive, { Length: HexDigits } fingerprint, var size, var chunk, var place]
        && BundleNames.IsArchive(archive)
        && TryNumber(size, out long length) && length > 0
        && TryNumber(chunk, out long chunkBytes)
            ? new JournalHeader(archive, fingerprint, length, chunkBytes, place)
            : null;

    private static bool TryExtent(string[] fields, long length, out JournalExtent extent)
    {
        extent = default;
        if (fields is not [_, var at, var bytes, var text]
            || !TryNumber(at, out long offset) || !TryNumber(bytes, out long size)
            || offset > length || size > length - offset
            || !Digest.TryParse(text, out Digest digest))
        {
            return false;
        }

        extent = new JournalExtent(offset, size, digest);
        return true;
    }

    private static bool TryNumber([NotNullWhen(true)] string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Line(string kind, JournalExtent extent) => string.Create(
        CultureInfo.InvariantCulture, $"{kind} {extent.Offset} {extent.Size} {extent.Digest}");
}
