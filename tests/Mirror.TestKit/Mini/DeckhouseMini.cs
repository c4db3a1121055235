using System.Formats.Tar;
using System.Text.Json;
using Mirror.TestKit.Content;

namespace Mirror.TestKit.Mini;

/// <summary>The miniature Deckhouse source of <c>Data/deckhouse-mini</c>; its README describes the two files.</summary>
public static class DeckhouseMini
{
    /// <summary>Where the copied data lies beside the running assembly.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "deckhouse-mini");

    /// <summary>Loads the whole source. Every call gives a set of its own.</summary>
    public static ContentSet Load()
    {
        var blobs = ReadBlobs();
        var content = new ContentSet();
        using var document = ReadDescription();
        foreach (var described in document.RootElement.GetProperty("repositories").EnumerateObject())
        {
            var repository = content.Repository(described.Name);
            foreach (var tag in described.Value.GetProperty("tags").EnumerateObject())
            {
                Add(repository, tag.Value, tag.Name, blobs);
            }

            foreach (var untagged in described.Value.GetProperty("untagged").EnumerateArray())
            {
                Add(repository, untagged, null, blobs);
            }
        }

        return content;
    }

    internal static JsonDocument ReadDescription() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "source.json")));

    private static void Add(
        RepositoryContent repository,
        JsonElement descriptor,
        string? tag,
        Dictionary<string, byte[]> blobs)
    {
        var digest = descriptor.GetProperty("digest").GetString()!;
        var manifest = new StoredManifest(descriptor.GetProperty("mediaType").GetString()!, blobs[digest]);
        foreach (var blob in manifest.Links.Blobs)
        {
            repository.AddBlob(new BytesBlob(blobs[blob]));
        }

        repository.AddManifest(manifest, tag);
    }

    private static Dictionary<string, byte[]> ReadBlobs()
    {
        var blobs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var file = File.OpenRead(Path.Combine(Folder, "blobs.tar"));
        using var reader = new TarReader(file);
        while (reader.GetNextEntry() is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            blobs.Add("sha256:" + entry.Name, bytes.ToArray());
        }

        return blobs;
    }
}
