namespace Mirror.Engine.Bundles.Writing;

/// <summary>What a pull need not fetch, because an earlier run did; what it left is still to be hashed.</summary>
/// <param name="Blobs">Blobs that are whole.</param>
/// <param name="TotalBlobs">All blobs of the archives that are being written.</param>
/// <param name="Bytes">Bytes that are here, beginnings of blobs included.</param>
/// <param name="TotalBytes">The bytes of all blobs.</param>
internal readonly record struct ResumedContent(int Blobs, int TotalBlobs, long Bytes, long TotalBytes);
