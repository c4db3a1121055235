namespace Mirror.Engine.Bundles.Records;

/// <summary>One archive of a bundle's index.</summary>
internal sealed record IndexedArchive(string Archive, string Source, long Bytes, string Fingerprint, int Images)
{
    public static IndexedArchive Of(BundleInventory inventory) => new(
        inventory.Archive,
        inventory.Source,
        inventory.Bytes,
        inventory.Fingerprint,
        inventory.Layouts.Sum(layout => layout.Images.Length));
}
