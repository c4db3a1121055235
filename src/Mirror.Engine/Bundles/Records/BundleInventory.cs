using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Records;

/// <summary>
/// What one archive holds, as the file beside it says (<c>platform.tar.json</c>). Without times, so that the same
/// archive has the same inventory.
/// </summary>
internal sealed record BundleInventory
{
    public const string CurrentFormat = "deckhouse-mirror/archive/1";

    public required string Format { get; init; }

    public required string Source { get; init; }

    public required string Archive { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The size of its chunks; <see langword="null"/> when it is one file.</summary>
    public long? ChunkBytes { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>What is left out; <see langword="null"/>: nothing, the archive is whole.</summary>
    public InventoryDelta? Delta { get; init; }

    /// <summary>The archive that a pull without a base would have written; <see langword="null"/>: this one.</summary>
    public InventoryFull? Full { get; init; }

    public required ImmutableArray<InventoryLayout> Layouts { get; init; }

    public static BundleInventory Create(string source, PlannedArchive archive, ArchiveLayout layout) => new()
    {
        Format = CurrentFormat,
        Source = source,
        Archive = archive.Name,
        Bytes = layout.Length,
        ChunkBytes = layout.ChunkBytes == 0 ? null : layout.ChunkBytes,
        Fingerprint = layout.Fingerprint,
        Delta = archive.Full is null ? null : InventoryDelta.Create(archive),
        Full = archive.Full is null ? null : new InventoryFull(archive.Full.Bytes, archive.Full.Fingerprint),
        Layouts =
        [
            .. archive.Layouts
                .OrderBy(planned => planned.Path, StringComparer.Ordinal)
                .Select(planned => new InventoryLayout(
                    planned.Path, [.. LayoutFiles.Sorted(planned.Images).Select(InventoryImage.Create)])),
        ],
    };
}

/// <summary>What a delta leaves out of an archive.</summary>
/// <param name="Base">The state id of what the target is expected to have.</param>
/// <param name="OmittedBlobs">Layers that are left out; each layout counts for itself.</param>
/// <param name="OmittedBytes">Their bytes.</param>
internal sealed record InventoryDelta(string Base, int OmittedBlobs, long OmittedBytes)
{
    public static InventoryDelta Create(PlannedArchive archive) => new(
        archive.Layouts.Select(layout => layout.DeltaBase).First(id => id is not null)!,
        archive.OmittedBlobs,
        archive.OmittedBytes);
}

/// <summary>What the archive of a delta is without a base.</summary>
internal sealed record InventoryFull(long Bytes, string Fingerprint);

internal sealed record InventoryLayout(string Path, ImmutableArray<InventoryImage> Images);

/// <summary>
/// One tag of an inventory; bytes count manifest, config and layers. What is null is not written, so it needs a default
/// to be read again.
/// </summary>
internal sealed record InventoryImage(
    string Tag, Digest Digest, string MediaType, long Bytes, string Reference, string? ArtifactType = null)
{
    public static InventoryImage Create(PlannedImage image) => new(
        image.Tag, image.Digest, image.MediaType, image.TotalBytes, image.Reference, image.ArtifactType);
}
