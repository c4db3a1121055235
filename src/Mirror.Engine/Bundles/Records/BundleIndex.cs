namespace Mirror.Engine.Bundles.Records;

/// <summary>What a bundle consists of (<c>bundle.json</c>), derived from the inventories of its archives.</summary>
internal sealed record BundleIndex
{
    public const string CurrentFormat = "deckhouse-mirror/bundle/1";

    public required string Format { get; init; }

    public required ImmutableArray<IndexedArchive> Archives { get; init; }

    /// <summary>What is left out of the archives together; <see langword="null"/>: nothing.</summary>
    public InventoryDelta? Delta { get; init; }

    /// <summary>The bytes of the archives without a base; <see langword="null"/>: these are they.</summary>
    public IndexedFull? Full { get; init; }

    /// <summary>Files beside the archives; older indexes have none.</summary>
    public ImmutableArray<IndexedFile> Files { get; init; } = [];

    public static BundleIndex Create(IEnumerable<BundleInventory> inventories, IEnumerable<PlannedFile> files)
    {
        ImmutableArray<BundleInventory> all =
            [.. inventories.OrderBy(inventory => inventory.Archive, StringComparer.Ordinal)];
        InventoryDelta[] deltas = [.. all.Select(inventory => inventory.Delta).OfType<InventoryDelta>()];
        return new BundleIndex
        {
            Format = CurrentFormat,
            Archives = [.. all.Select(IndexedArchive.Create)],
            Delta = deltas.Length == 0 ? null : new InventoryDelta(
                deltas[0].Base,
                deltas.Sum(delta => delta.OmittedBlobs),
                deltas.Sum(delta => delta.OmittedBytes)),
            Full = deltas.Length == 0
                ? null
                : new IndexedFull(all.Sum(inventory => inventory.Full?.Bytes ?? inventory.Bytes)),
            Files = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(IndexedFile.Create)],
        };
    }
}

/// <summary>What the archives of a delta are together without a base.</summary>
internal sealed record IndexedFull(long Bytes);

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
