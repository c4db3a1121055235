namespace Mirror.Engine.Bundles.Records;

/// <summary>
/// One tag of an inventory; bytes count manifest, config and layers. What is null is not written, so it needs a default
/// to be read again.
/// </summary>
internal sealed record InventoryImage(
    string Tag, Digest Digest, string MediaType, long Bytes, string Reference, string? ArtifactType = null)
{
    public static InventoryImage Of(PlannedImage image) => new(
        image.Tag, image.Digest, image.MediaType, image.TotalBytes, image.Reference, image.ArtifactType);
}
