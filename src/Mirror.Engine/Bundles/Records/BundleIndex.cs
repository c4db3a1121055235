using System.Collections.Immutable;

namespace Mirror.Engine.Bundles.Records;

/// <summary>What a bundle consists of (<c>bundle.json</c>), derived from the inventories of its archives.</summary>
internal sealed record BundleIndex
{
    public const string CurrentFormat = "deckhouse-mirror/bundle/1";

    public required string Format { get; init; }

    public required ImmutableArray<IndexedArchive> Archives { get; init; }

    /// <summary>Files beside the archives; older indexes have none.</summary>
    public ImmutableArray<IndexedFile> Files { get; init; } = [];

    public static BundleIndex Of(IEnumerable<BundleInventory> inventories, IEnumerable<PlannedFile> files) => new()
    {
        Format = CurrentFormat,
        Archives =
        [
            .. inventories.OrderBy(inventory => inventory.Archive, StringComparer.Ordinal).Select(IndexedArchive.Of),
        ],
        Files = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(IndexedFile.Of)],
    };
}
