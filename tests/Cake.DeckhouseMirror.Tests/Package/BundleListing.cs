using System.Formats.Tar;
using System.Text.Json;
using Mirror.TestKit.Mini;

namespace Cake.DeckhouseMirror.Tests.Package;

/// <summary>What the archives of a bundle say, read with no engine code.</summary>
internal static class BundleListing
{
    /// <summary>Every image: the path of its layout, its tag, its digest.</summary>
    public static IEnumerable<SourceReference> Read(string folder) =>
        Directory.GetFiles(folder, "*.tar").SelectMany(ReadArchive);

    /// <summary>Where the largest entry of an archive begins, which is a layer.</summary>
    public static long LargestEntryOf(string archive)
    {
        using FileStream file = File.OpenRead(archive);
        using TarReader tar = new(file);
        (long Length, long Offset) largest = default;
        while (tar.GetNextEntry() is { } entry)
        {
            largest = entry.Length > largest.Length ? (entry.Length, entry.DataOffset) : largest;
        }

        return largest.Offset;
    }

    private static List<SourceReference> ReadArchive(string archive)
    {
        List<SourceReference> references = [];
        using FileStream file = File.OpenRead(archive);
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "index.json" || entry.Name.EndsWith("/index.json", StringComparison.Ordinal))
            {
                using JsonDocument index = JsonDocument.Parse(entry.DataStream!);
                references.AddRange(index.RootElement.GetProperty("manifests").EnumerateArray().Select(manifest =>
                    new SourceReference(
                        Path.GetDirectoryName(entry.Name)!,
                        manifest.GetProperty("annotations").GetProperty("io.deckhouse.image.short_tag").GetString(),
                        manifest.GetProperty("digest").GetString()!)));
            }
        }

        return references;
    }
}
