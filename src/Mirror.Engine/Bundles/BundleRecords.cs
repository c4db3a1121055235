using System.Collections.Immutable;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles;

/// <summary>Compares archives with what the bundle's own JSON files say of them. Bundles of d8 have none.</summary>
internal sealed class BundleRecords(IDisk disk)
{
    private const int Shown = 5;

    /// <summary>Archives that the folder's index names and that are not there (D8M7009).</summary>
    public ImmutableArray<Fault> MissingArchives(string? directory, ImmutableArray<StoredArchive> archives)
    {
        if (string.IsNullOrEmpty(directory) || !disk.DirectoryExists(directory)
            || new BundleFolder(disk, directory).Read(BundleNames.Index) is not { } content)
        {
            return [];
        }

        if (BundleJson.ReadIndex(content) is not { } index)
        {
            return [Differs(BundleNames.Index, "it cannot be read")];
        }

        HashSet<string> names = [.. archives.Select(archive => archive.Name)];
        return
        [
            .. index.Archives.Where(archive => !names.Contains(archive.Archive)).Select(archive => new Fault(
                FaultCode.ArchiveMissing,
                $"{archive.Archive} ({archive.Images} images) belongs to the bundle in '{directory}' and is not there.",
                "Copy it to the others, or pull again without it if it is not wanted.")),
        ];
    }

    /// <summary>What an archive holds against its inventory, both ways (D8M7008).</summary>
    public ImmutableArray<Fault> Differences(StoredArchive archive, WantedArchive content)
    {
        string name = BundleNames.Inventory(archive.Name);
        if (new BundleFolder(disk, archive.Directory).Read(name) is not { } bytes)
        {
            return [];
        }

        if (BundleJson.ReadInventory(bytes) is not { } inventory)
        {
            return [Differs(name, "it cannot be read")];
        }

        HashSet<string> recorded = [.. inventory.Layouts.SelectMany(
            layout => layout.Images, (layout, image) => $"{layout.Path}:{image.Tag} = {image.Digest}")];
        HashSet<string> found = [.. content.Layouts.SelectMany(
            layout => layout.Images, (layout, image) => $"{layout.Path}:{image.ShortTag} = {image.Digest}")];
        ImmutableArray<string> differences =
        [
            .. recorded.Except(found).Order(StringComparer.Ordinal).Select(image => $"{image} is not in the archive"),
            .. found.Except(recorded).Order(StringComparer.Ordinal).Select(image => $"{image} is only in the archive"),
        ];
        string more = differences.Length > Shown ? $"; and {differences.Length - Shown} more" : "";
        return differences.IsEmpty
            ? []
            : [Differs(name, $"{string.Join("; ", differences.Take(Shown))}{more}")];
    }

    private static Fault Differs(string name, string why) => new(
        FaultCode.InventoryDiffers,
        $"{name} does not fit what lies beside it: {why}.",
        "Copy the archives together with their .json files from one pull, or pull again.");
}
