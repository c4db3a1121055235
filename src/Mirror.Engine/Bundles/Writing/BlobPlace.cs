namespace Mirror.Engine.Bundles.Writing;

/// <summary>One entry of one archive that is being written.</summary>
internal readonly record struct BlobPlace(ArchiveFile Archive, int Entry);
