using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>Compares archives with what the bundle's own JSON files say of them. Bundles of d8 have none.</summary>
internal sealed class BundleRecords(IDisk disk)
{
    private const int Shown = 5;

    /// <summary>
    /// Archives that the folder's index names, or that have an inventory in it, and that are not there (D8M7009).
    /// </summary>
    public ImmutableArray<Fault> MissingArchives(string? directory, ImmutableArray<StoredArchive> archives)
    {
        if (string.IsNullOrEmpty(directory) || !disk.DirectoryExists(directory))
        {
            return [];
        }

        BundleFolder folder = new(disk, directory);
        HashSet<string> names = [.. archives.Select(archive => archive.Name)];
        List<Fault> faults = [];
        if (folder.Exists(BundleNames.Index))
        {
            if (folder.Read(BundleNames.Index) is not { } content || BundleJson.ReadIndex(content) is not { } index)
            {
                return [Differs(BundleNames.Index, "it cannot be read")];
            }

            faults.AddRange(index.Archives.Where(archive => names.Add(archive.Archive))
                .Select(archive => StrayFaults.Missing(
                    directory, archive.Archive, ItemCount.Format(archive.Images, "images"))));
        }

        foreach (string name in folder.List())
        {
            if (BundleNames.InventoriedBy(name) is { } archive && names.Add(archive))
            {
                faults.Add(StrayFaults.Missing(directory, archive, $"{name} is its inventory"));
            }
        }

        return BundleFaults.Told(faults);
    }

    /// <summary>
    /// The source of a bundle, by the first inventory that has one; <see langword="null"/>: bundles of d8 have none.
    /// </summary>
    public string? SourceOf(ImmutableArray<StoredArchive> archives) => archives
        .Select(archive => Inventory(archive)?.Source)
        .FirstOrDefault(source => !string.IsNullOrEmpty(source));

    /// <summary>An inventory that cannot be read, or that knows other files (D8M7008); no archive is opened.</summary>
    public ImmutableArray<Fault> FileDifferences(StoredArchive archive)
    {
        BundleFolder folder = new(disk, archive.Directory);
        string name = BundleNames.Inventory(archive.Name);
        if (!folder.Exists(name))
        {
            return [];
        }

        if (Inventory(archive) is not { } inventory)
        {
            return [Differs(name, "it cannot be read")];
        }

        if (inventory.Archive != archive.Name)
        {
            return [Differs(name, $"it is that of {inventory.Archive}")];
        }

        return Differs(name, PartDifferences(inventory, archive, folder), []);
    }

    /// <summary>What an archive holds against its inventory, both ways (D8M7008).</summary>
    public ImmutableArray<Fault> Differences(StoredArchive archive, ArchiveContent content)
    {
        string name = BundleNames.Inventory(archive.Name);
        if (Inventory(archive) is not { } inventory)
        {
            return [];
        }

        HashSet<string> recorded = [.. inventory.Layouts.SelectMany(
            layout => layout.Images,
            (layout, image) => $"{layout.Path}:{image.Tag} = {image.Digest} ({image.Bytes} bytes)")];
        HashSet<string> found = [.. content.Layouts.SelectMany(
            layout => layout.Images,
            (layout, image) => $"{layout.Path}:{image.ShortTag} = {image.Digest} ({image.TotalBytes} bytes)")];
        return Differs(
            name,
            [
                .. recorded.Except(found).Order(StringComparer.Ordinal)
                    .Select(image => $"{image} is not in the archive"),
                .. DeltaDifferences(inventory.Delta, content),
            ],
            found.Except(recorded).Order(StringComparer.Ordinal).Select(image => $"{image} is only in the archive"));
    }

    /// <summary>An archive that holds the images of its inventory, and is another one all the same (D8M7008).</summary>
    public ImmutableArray<Fault> FingerprintDifference(ArchiveReader archive) =>
        Inventory(archive.Archive) is not { } inventory || inventory.Fingerprint == archive.Fingerprint()
            ? []
            :
            [
                Differs(
                    BundleNames.Inventory(archive.Archive.Name),
                    "the images are those of the archive, but other entries, or their order, are not"),
            ];

    /// <summary>What an inventory says that is left out, against what is.</summary>
    private static IEnumerable<string> DeltaDifferences(InventoryDelta? delta, ArchiveContent content)
    {
        string? actual = content.Layouts.Select(layout => layout.DeltaBase).FirstOrDefault(id => id is not null);
        int omitted = content.Layouts.Sum(layout => layout.Omitted.Length);
        return delta?.Base == actual && (delta?.OmittedBlobs ?? 0) == omitted
            ? []
            : [actual is null
                ? "it is of a delta, and the archive is whole"
                : delta is null
                    ? "it is of a whole archive, and the archive is a delta"
                    : $"it leaves out {delta.OmittedBlobs} layers, and the archive {omitted}"];
    }

    /// <summary>Bounded by the files that are there: what the inventory says is only a claim.</summary>
    private static List<string> PartDifferences(
        BundleInventory inventory, StoredArchive archive, BundleFolder folder)
    {
        long chunk = inventory.ChunkBytes ?? long.MaxValue;
        if (inventory.Bytes <= 0 || chunk <= 0 || archive.IsChunked != (inventory.ChunkBytes is not null))
        {
            string form = inventory.ChunkBytes is null ? "one file" : $"chunks of {inventory.ChunkBytes} bytes";
            return [$"{archive.Label} is not the {inventory.Bytes} bytes in {form} that it tells of"];
        }

        long count = ((inventory.Bytes - 1) / chunk) + 1;
        List<string> differences = [];
        for (int number = 0; number < archive.Files.Length; number++)
        {
            string file = archive.Files[number];
            long wanted = long.Min(chunk, inventory.Bytes - (number * chunk));
            long length = folder.LengthOf(file);
            if (number >= count)
            {
                differences.Add($"{file} does not belong to it");
            }
            else if (length != wanted)
            {
                differences.Add($"{file} has {length} bytes, not {wanted}");
            }
        }

        if (count > archive.Files.Length)
        {
            differences.Add($"{new ChunkName(archive.Name, archive.Files.Length).FileName} is missing");
        }

        return differences;
    }

    private BundleInventory? Inventory(StoredArchive archive) =>
        new BundleFolder(disk, archive.Directory).Read(BundleNames.Inventory(archive.Name)) is { } content
            ? BundleJson.ReadInventory(content)
            : null;

    private static ImmutableArray<Fault> Differs(
        string name, IEnumerable<string> missing, IEnumerable<string> unexpected)
    {
        ImmutableArray<string> differences = [.. missing, .. unexpected];
        string more = differences.Length > Shown ? $"; and {differences.Length - Shown} more" : "";
        return differences.IsEmpty
            ? []
            : [Differs(name, $"{string.Join("; ", differences.Take(Shown))}{more}")];
    }

    private static Fault Differs(string name, string why) => new(
        FaultCode.InventoryDiffers,
        $"{name} does not match the archive next to it: {why}.",
        "Copy the archives together with their .json files from one pull, or pull again.");
}
