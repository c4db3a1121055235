using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Mirror.Engine.Tests.Real;

/// <summary>
/// Reads a bundle with the framework alone, no code of the engine: every blob is hashed, every image is followed down
/// to its last layer within its own layout.
/// </summary>
internal static partial class StoredBundle
{
    public static IReadOnlyList<StoredImage> Read(string folder) =>
    [
        .. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Name: FileName().Match(Path.GetFileName(path)).Groups["archive"]))
            .Where(file => file.Name.Success)
            .GroupBy(file => file.Name.Value, file => file.Path)
            .SelectMany(files => ReadArchive(files.Key, [.. files])),
    ];

    [GeneratedRegex(@"\A(?<archive>.+\.tar)(?:\.[0-9]{4}\.chunk)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex FileName();

    private static IEnumerable<StoredImage> ReadArchive(string archive, string[] paths)
    {
        Dictionary<string, byte[]> small = [];
        HashSet<string> blobs = [];
        using MemoryStream file = new([.. paths.SelectMany(File.ReadAllBytes)]);
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            byte[] content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            if (entry.Name.Contains("blobs/sha256/", StringComparison.Ordinal))
            {
                Assert.Equal(entry.Name[^64..], Convert.ToHexStringLower(SHA256.HashData(content)));
                Assert.True(blobs.Add(entry.Name), $"{archive} has {entry.Name} twice.");
            }

            small[entry.Name] = content;
        }

        foreach ((string name, byte[] content) in small.Where(pair =>
            pair.Key == "index.json" || pair.Key.EndsWith("/index.json", StringComparison.Ordinal)))
        {
            string prefix = name[..^"index.json".Length];
            Assert.Contains(prefix + "oci-layout", small.Keys);
            using JsonDocument index = JsonDocument.Parse(content);
            foreach (JsonElement image in index.RootElement.GetProperty("manifests").EnumerateArray())
            {
                Follow(small, prefix, image);
                yield return new StoredImage(
                    archive,
                    prefix.TrimEnd('/'),
                    image.GetProperty("annotations").GetProperty("io.deckhouse.image.short_tag").GetString()!,
                    image.GetProperty("digest").GetString()!);
            }
        }
    }

    private static void Follow(Dictionary<string, byte[]> files, string prefix, JsonElement descriptor)
    {
        string digest = descriptor.GetProperty("digest").GetString()!;
        string name = $"{prefix}blobs/sha256/{digest["sha256:".Length..]}";
        Assert.True(files.TryGetValue(name, out byte[]? content), $"{name} is not in its layout.");
        Assert.Equal(descriptor.GetProperty("size").GetInt64(), content.Length);
        if (!descriptor.GetProperty("mediaType").GetString()!.Contains("manifest", StringComparison.Ordinal)
            && !descriptor.GetProperty("mediaType").GetString()!.Contains("image.index", StringComparison.Ordinal))
        {
            return;
        }

        using JsonDocument manifest = JsonDocument.Parse(content);
        foreach (string member in new[] { "config", "layers", "manifests" })
        {
            if (manifest.RootElement.TryGetProperty(member, out JsonElement child))
            {
                IEnumerable<JsonElement> children = child.ValueKind == JsonValueKind.Array
                    ? child.EnumerateArray()
                    : [child];
                foreach (JsonElement each in children)
                {
                    Follow(files, prefix, each);
                }
            }
        }
    }
}
