using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles;

/// <summary>The names in a folder, listed and grouped once: a folder may have tens of thousands.</summary>
internal sealed class FolderListing
{
    private readonly Dictionary<string, List<ChunkName>> _chunks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;
    private readonly List<string> _archives = [];

    private FolderListing(IReadOnlyList<string> names)
    {
        Names = names;
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (BundleNames.ArchiveOf(name) is { } archive)
            {
                if (known.Add(archive))
                {
                    _archives.Add(archive);
                    _chunks.Add(archive, []);
                }

                if (name != archive)
                {
                    _chunks[archive].Add(ChunkName.Parse(name)!);
                }
            }
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The archives that are there by name, as one file or as chunks.</summary>
    public IReadOnlyList<string> Archives => _archives;

    /// <exception cref="MirrorException">D8M6004 and D8M6005.</exception>
    public static FolderListing List(IDisk disk, string directory) =>
        new(DiskFaults.Guard(directory, "listed", () => disk.List(directory)));

    public bool Contains(string name) => _names.Contains(name);

    /// <summary>The chunks of an archive, in their order.</summary>
    public ImmutableArray<ChunkName> ChunksOf(string archive) =>
        _chunks.TryGetValue(archive, out List<ChunkName>? chunks) ? [.. chunks.OrderBy(chunk => chunk.Number)] : [];
}
