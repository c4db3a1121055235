using Mirror.Engine.Bundles;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Bundles.Reading;
using Mirror.Engine.Bundles.Records;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Flows.Merging;

/// <summary>
/// The plan that a pull without a base made: out of the inventories of a delta, which say how images were named at the
/// source, and the manifests in its archives. It must come out at the fingerprints that the inventories promise.
/// </summary>
internal sealed class MergePlan(IDisk disk, MergeFolder newest)
{
    private readonly BundleFolder _folder = new(disk, newest.Directory);

    /// <summary>The size of chunks; 0: archives are not split.</summary>
    public long ChunkBytes { get; private set; }

    /// <exception cref="MirrorException">D8M7008: the records of the delta do not lead to a full bundle.</exception>
    public MirrorPlan Create()
    {
        Dictionary<string, BundleInventory> inventories = newest.Reader.Content.ToDictionary(
            archive => archive.Name, archive => InventoryOf(archive.Name), StringComparer.Ordinal);
        BundleInventory first = inventories.Values.First();
        ChunkBytes = first.ChunkBytes ?? 0;
        string host = first.Source.Split('/')[0];
        MirrorPlan plan = BundleLayout.WithSizes(new PlanBuilder(host) { Files = ReadFiles() }.Build(
            first.Source,
            [.. newest.Reader.Content.Select(archive => Restore(archive, inventories[archive.Name]))],
            []));
        Fault[] faults =
        [
            .. plan.Archives.Select(archive => Difference(archive, inventories[archive.Name])).OfType<Fault>(),
        ];
        return faults.Length == 0 ? plan : throw new MirrorException([.. faults]);
    }

    private BundleInventory InventoryOf(string archive) =>
        _folder.Read(BundleNames.Inventory(archive)) is { } content
        && BundleJson.ReadInventory(content) is { } inventory
            ? inventory
            : throw new MirrorException(Differs(
                BundleNames.Inventory(archive), "it is missing, and says how the images were named at the source"));

    /// <summary>The images with the names that they have at the source.</summary>
    private static ArchiveContent Restore(ArchiveContent archive, BundleInventory inventory)
    {
        Dictionary<(string Path, string Tag), ImageContent> images = archive.Layouts
            .SelectMany(layout => layout.Images, (layout, image) => ((layout.Path, image.ShortTag), image))
            .ToDictionary(item => item.Item1, item => item.image);
        return archive with
        {
            IsKeptEmpty = true,
            Layouts =
            [
                .. inventory.Layouts.Select(layout => new LayoutContent(
                    layout.Path,
                    [
                        .. layout.Images.Where(image => images.ContainsKey((layout.Path, image.Tag)))
                            .Select(image => Named(images[(layout.Path, image.Tag)], image)),
                    ])),
            ],
        };
    }

    /// <summary>The reference of an image is <c>host/repository:tag</c> or <c>host/repository@digest</c>.</summary>
    private static ImageContent Named(ImageContent content, InventoryImage image)
    {
        string named = image.Reference[(image.Reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
        int at = named.IndexOf('@', StringComparison.Ordinal);
        int end = at >= 0 ? at : named.LastIndexOf(':');
        return content with
        {
            Repository = end < 0 ? named : named[..end],
            Tag = at >= 0 ? null : end < 0 ? content.Tag : named[(end + 1)..],
            Reason = "in the delta",
        };
    }

    private ImmutableArray<PlannedFile> ReadFiles()
    {
        if (_folder.Read(BundleNames.Index) is not { } content || BundleJson.ReadIndex(content) is not { } index)
        {
            throw new MirrorException(Differs(BundleNames.Index, "it is missing, or cannot be read"));
        }

        return
        [
            .. index.Files.Select(file =>
                file.Name is PlannedFile.Releases or LockFile.BundledName
                && _folder.Read(file.Name) is { } bytes && Digest.OfSha256(bytes) == file.Digest
                    ? new PlannedFile { Name = file.Name, Content = bytes }
                    : throw new MirrorException(Differs(
                        BundleNames.Index, $"it names {QuotedText.Quote(file.Name)}, which is not there as it says"))),
        ];
    }

    private static Fault? Difference(PlannedArchive archive, BundleInventory inventory)
    {
        (long bytes, string promised) = inventory.Full is { } full
            ? (full.Bytes, full.Fingerprint)
            : (inventory.Bytes, inventory.Fingerprint);
        return archive.FileBytes == bytes && BundleLayout.FingerprintOf(archive) == promised
            ? null
            : Differs(
                BundleNames.Inventory(archive.Name),
                $"it promises a full archive of {bytes} bytes with the fingerprint {Short(promised)}, but its images "
                    + $"make one of {archive.FileBytes} bytes with {Short(BundleLayout.FingerprintOf(archive))}");
    }

    private static string Short(string fingerprint) => fingerprint.Length > 12 ? fingerprint[..12] : fingerprint;

    private static Fault Differs(string name, string why) => new(
        FaultCode.InventoryDiffers,
        $"{name} does not lead to a full bundle: {why}.",
        "Copy the delta again with all its .json files, or make it again.");
}
