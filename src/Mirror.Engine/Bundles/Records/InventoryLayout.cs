using System.Collections.Immutable;

namespace Mirror.Engine.Bundles.Records;

/// <summary>One layout of an inventory.</summary>
internal sealed record InventoryLayout(string Path, ImmutableArray<InventoryImage> Images);
