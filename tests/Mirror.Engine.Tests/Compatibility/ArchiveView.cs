using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mirror.Engine.Tests.Compatibility;

/// <summary>
/// An archive as the framework reads it: names in order, hash of each blob, the form of each header, each index.
/// </summary>
internal sealed class ArchiveView
{
    public List<string> Names { get; } = [];

    public Dictionary<string, string> Blobs { get; } = [];

    public Dictionary<string, JsonObject> Indexes { get; } = [];

    /// <summary>Header fields that do not depend on what the entry holds.</summary>
    public HashSet<string> HeaderForms { get; } = [];

    public long TrailingZeros { get; private init; }

    public static ArchiveView Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        ArchiveView view = new()
        {
            TrailingZeros = bytes.Length - 1 - Array.FindLastIndex(bytes, value => value != 0),
        };
        using MemoryStream stream = new(bytes);
        using TarReader tar = new(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            byte[] content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            view.Names.Add(entry.Name);
            if (entry.Name.EndsWith("index.json", StringComparison.Ordinal))
            {
                view.Indexes[entry.Name] = JsonNode.Parse(content)!.AsObject();
            }
            else if (entry.Name.Contains("blobs/", StringComparison.Ordinal))
            {
                view.Blobs[entry.Name] = Convert.ToHexStringLower(SHA256.HashData(content));
            }
        }

        for (int offset = 0; offset < bytes.Length && bytes[offset] != 0;)
        {
            ReadOnlySpan<byte> header = bytes.AsSpan(offset, 512);
            int size = Convert.ToInt32(Encoding.ASCII.GetString(header.Slice(124, 11)), 8);
            bool isLong = header[156] == (byte)'L';
            view.HeaderForms.Add($"{(isLong ? "long name" : "file")}: mode to gid {Hex(header[100..124])}, "
                + $"mtime {Hex(header[136..148])}, type to magic {Hex(header[156..265])}, "
                + $"rest {Hex(header[265..512])}");
            offset += 512 + ((size + 511) / 512 * 512);
        }

        return view;
    }

    /// <summary>The index's descriptors by tag, without what is compared elsewhere.</summary>
    public static SortedDictionary<string, string> Descriptors(JsonObject index, Func<string, string> normalise)
    {
        SortedDictionary<string, string> descriptors = new(StringComparer.Ordinal);
        foreach (JsonNode? node in index["manifests"]?.AsArray() ?? [])
        {
            JsonObject descriptor = node!.DeepClone().AsObject();
            descriptor.Remove("platform");
            JsonObject annotations = descriptor["annotations"]!.AsObject();
            const string reference = "org.opencontainers.image.ref.name";
            annotations[reference] = normalise(annotations[reference]!.GetValue<string>());
            string tag = annotations["io.deckhouse.image.short_tag"]!.GetValue<string>();
            descriptors.Add(tag, descriptor.ToJsonString(new JsonSerializerOptions { WriteIndented = false }));
        }

        return descriptors;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
