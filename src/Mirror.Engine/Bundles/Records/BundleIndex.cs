namespace Mirror.Engine.Bundles.Records;

/// <summary>What a bundle consists of (<c>bundle.json</c>), derived from the inventories of its archives.</summary>
internal sealed record BundleIndex
{
    public const string CurrentFormat = "deckhouse-mirror/bundle/1";

    public required string Format { get; init; }

    public required ImmutableArray<IndexedArchive> Archives { get; init; }

    /// <summary>Files beside the archives; older indexes have none.</summary>
    public ImmutableArray<IndexedFile> Files { get; init; } = [];

    public static BundleIndex Create(IEnumerable<BundleInventory> inventories, IEnumerable<PlannedFile> files) => new()
    {
        Format = CurrentFormat,
        Archives =
        [
            .. inventories.OrderBy(inventory => inventory.Archive, StringComparer.Ordinal)
                .Select(IndexedArchive.Create),
        ],
        Files = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(IndexedFile.Create)],
    };
}

internal sealed record IndexedArchive(string Archive, string Source, long Bytes, string Fingerprint, int Images)
{
    public static IndexedArchive Create(BundleInventory inventory) => new(
        inventory.Archive,
        inventory.Source,
        inventory.Bytes,
        inventory.Fingerprint,
        inventory.Layouts.Sum(layout => layout.Images.Length));
}

/// <summary>A file beside the archives, as the bundle's index knows it: what differs from this is not ours.</summary>
internal sealed record IndexedFile(string Name, long Bytes, Digest Digest)
{
    public static IndexedFile Create(PlannedFile file) =>
        new(file.Name, file.Bytes, Digest.OfSha256(file.Content.Span));
}
