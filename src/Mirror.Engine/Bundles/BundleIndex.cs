using System.Collections.Immutable;

namespace Mirror.Engine.Bundles;

/// <summary>What a bundle consists of (<c>bundle.json</c>), derived from the inventories of its archives.</summary>
internal sealed record BundleIndex
{
    public const string CurrentFormat = "deckhouse-mirror/bundle/1";

    public required string Format { get; init; }

    public required ImmutableArray<IndexedArchive> Archives { get; init; }

    public static BundleIndex Of(IEnumerable<BundleInventory> inventories) => new()
    {
        Format = CurrentFormat,
        Archives =
        [
            .. inventories.OrderBy(inventory => inventory.Archive, StringComparer.Ordinal).Select(IndexedArchive.Of),
        ],
    };
}
