using System.Collections;
using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>All blobs of a bundle that is being written, by digest.</summary>
internal sealed class StoredBlobs : IEnumerable<StoredBlob>
{
    private readonly Dictionary<Digest, StoredBlob> _blobs = [];

    /// <summary>The blobs of all archives, with their places in those that are written.</summary>
    public StoredBlobs(ImmutableArray<ArchiveLayout> layouts, ImmutableArray<ArchiveFile> files)
    {
        foreach (ArchiveEntry entry in layouts.SelectMany(layout => layout.Entries).Where(entry => entry.IsBlob))
        {
            _blobs.TryAdd(entry.Digest, new StoredBlob(entry.Digest, entry.Size));
        }

        foreach (ArchiveFile file in files)
        {
            for (int index = 0; index < file.Layout.Entries.Length; index++)
            {
                ArchiveEntry entry = file.Layout.Entries[index];
                if (entry.IsBlob)
                {
                    _blobs[entry.Digest].Add(new BlobPlace(file, index), entry.Size);
                }
            }
        }

        List<StoredBlob> wanted = [.. _blobs.Values.Where(blob => blob.HasPlaces)];
        wanted.ForEach(blob => blob.Restore());
        Resumed = new ResumedContent(
            wanted.Count(blob => blob.IsSealed || blob.IsClaimed),
            wanted.Count,
            wanted.Sum(blob => blob.Held),
            wanted.Sum(blob => blob.Size));
    }

    public StoredBlob this[Digest digest] => _blobs.TryGetValue(digest, out StoredBlob? blob)
        ? blob
        : throw MirrorException.Defect($"{digest} is in no archive of the plan.");

    public ResumedContent Resumed { get; }

    public IEnumerator<StoredBlob> GetEnumerator() => _blobs.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What a pull need not fetch, because an earlier run did; what it left is still to be hashed.</summary>
/// <param name="Blobs">Blobs that are whole.</param>
/// <param name="TotalBlobs">All blobs of the archives that are being written.</param>
/// <param name="Bytes">Bytes that are here, beginnings of blobs included.</param>
/// <param name="TotalBytes">The bytes of all blobs.</param>
internal readonly record struct ResumedContent(int Blobs, int TotalBlobs, long Bytes, long TotalBytes);
