using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Disk;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows;

/// <summary>The files of a bundle that belong together where it is carried to (docs/bundle-format.md).</summary>
internal static class CarriedFiles
{
    /// <summary>
    /// The files of archives, and those beside them that are there: checksums, inventories, the list of releases, the
    /// index of the bundle. Full paths, each once, by name within their folder.
    /// </summary>
    public static ImmutableArray<string> Find(IDisk disk, IEnumerable<string> archiveFiles) =>
    [
        .. archiveFiles.SelectMany(Candidates).Distinct(StringComparer.Ordinal).Where(disk.FileExists)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Candidates(string file)
    {
        string folder = Path.GetDirectoryName(file) ?? "";
        string archive = BundleNames.ArchiveOf(Path.GetFileName(file)) ?? Path.GetFileName(file);
        return
        [
            file,
            BundleNames.Sum(file),
            Path.Combine(folder, BundleNames.Inventory(archive)),
            Path.Combine(folder, BundleNames.Releases(archive) ?? BundleNames.Index),
            Path.Combine(folder, BundleNames.Index),
            Path.Combine(folder, LockFile.BundledName),
        ];
    }
}
