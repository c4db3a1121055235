namespace Mirror.Engine.Bundles.Records;

/// <summary>A file beside the archives, as the bundle's index knows it: what differs from this is not ours.</summary>
internal sealed record IndexedFile(string Name, long Bytes, Digest Digest)
{
    public static IndexedFile Of(PlannedFile file) =>
        new(file.Name, file.Bytes, Digest.OfSha256(file.Content.Span));
}
