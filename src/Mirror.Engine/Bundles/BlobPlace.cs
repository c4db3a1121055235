namespace Mirror.Engine.Bundles;

/// <summary>One entry of one archive that is being written.</summary>
internal readonly record struct BlobPlace(ArchiveFile Archive, int Entry);
