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

    public required ImmutableArray<InventoryLayout> Layouts { get; init; }

    public static BundleInventory Create(string source, PlannedArchive archive, ArchiveLayout layout) => new()
    {
        Format = CurrentFormat,
        Source = source,
        Archive = archive.Name,
        Bytes = layout.Length,
        ChunkBytes = layout.ChunkBytes == 0 ? null : layout.ChunkBytes,
        Fingerprint = layout.Fingerprint,
        Layouts =
        [
            .. archive.Layouts
                .OrderBy(planned => planned.Path, StringComparer.Ordinal)
                .Select(planned => new InventoryLayout(
                    planned.Path, [.. LayoutFiles.Sorted(planned.Images).Select(InventoryImage.Create)])),
        ],
    };
}

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
