using System.Collections;
using Mirror.Engine.Bundles.Format;

namespace Mirror.Engine.Bundles.Writing;

/// <summary>All blobs of a bundle that is being written, by digest.</summary>
internal sealed class StoredBlobs : IEnumerable<StoredBlob>
{
    private readonly Dictionary<Digest, StoredBlob> _blobs = [];

    private StoredBlobs()
    {
    }

    public StoredBlob this[Digest digest] => _blobs.TryGetValue(digest, out StoredBlob? blob)
        ? blob
        : throw MirrorException.Defect($"{digest} is in no archive of the plan.");

    /// <summary>What is there before anything is fetched.</summary>
    public ResumedContent Resumed { get; private set; }

    /// <summary>The blobs of all archives, with their places in those that are written.</summary>
    public static StoredBlobs Create(ImmutableArray<ArchiveLayout> layouts, ImmutableArray<ArchiveFile> files)
    {
        StoredBlobs blobs = new();
        foreach (ArchiveEntry entry in layouts.SelectMany(layout => layout.Entries).Where(entry => entry.IsBlob))
        {
            blobs._blobs.TryAdd(entry.Digest, new StoredBlob(entry.Digest, entry.Size));
        }

        foreach (ArchiveFile file in files)
        {
            for (int index = 0; index < file.Layout.Entries.Length; index++)
            {
                ArchiveEntry entry = file.Layout.Entries[index];
                if (entry.IsBlob)
                {
                    blobs._blobs[entry.Digest].Add(new BlobPlace(file, index), entry.Size);
                }
            }
        }

        return blobs.Restore();
    }

    public IEnumerator<StoredBlob> GetEnumerator() => _blobs.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private StoredBlobs Restore()
    {
        List<StoredBlob> wanted = [.. _blobs.Values.Where(blob => blob.HasPlaces)];
        wanted.ForEach(blob => blob.Restore());
        Resumed = new ResumedContent(
            wanted.Count(blob => blob.IsSealed || blob.IsClaimed),
            wanted.Count,
            wanted.Sum(blob => blob.Held),
            wanted.Sum(blob => blob.Size));
        return this;
    }
}
