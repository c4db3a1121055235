using System.Diagnostics.CodeAnalysis;
using Mirror.Engine.Disk;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>
/// The blobs of the archives that lie in a folder under their final names, by the digests that their names claim. An
/// archive that cannot be read is passed over: what was wanted from it has to come from elsewhere.
/// </summary>
internal sealed class PublishedBlobs : IDisposable
{
    private readonly List<ArchiveReader> _archives = [];
    private readonly Dictionary<Digest, (ArchiveReader Archive, ScannedEntry Entry)> _places = [];

    public int Count => _places.Count;

    /// <summary>Opens the archives and notes their blobs. Nothing of them is hashed.</summary>
    /// <exception cref="MirrorException">D8M6005: the folder cannot be listed.</exception>
    public static async Task<PublishedBlobs> OpenAsync(
        IDisk disk, string directory, CancellationToken cancellationToken)
    {
        using DiskThread thread = new("bundle reader");
        return await thread.RunAsync(() => Open(disk, directory, cancellationToken)).ConfigureAwait(false);
    }

    public bool TryFind(Digest digest, [NotNullWhen(true)] out ArchiveReader? archive, out ScannedEntry entry)
    {
        bool isThere = _places.TryGetValue(digest, out (ArchiveReader Archive, ScannedEntry Entry) place);
        (archive, entry) = place;
        return isThere;
    }

    public void Dispose()
    {
        _places.Clear();
        _archives.ForEach(archive => archive.Dispose());
        _archives.Clear();
    }

    private static PublishedBlobs Open(IDisk disk, string directory, CancellationToken cancellationToken)
    {
        PublishedBlobs blobs = new();
        try
        {
            foreach (StoredArchive archive in new BundleSet(disk).FindWhole(directory, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                blobs.Add(disk, archive, cancellationToken);
            }

            return blobs;
        }
        catch
        {
            blobs.Dispose();
            throw;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Kept with the others, which Dispose closes.")]
    private void Add(IDisk disk, StoredArchive stored, CancellationToken cancellationToken)
    {
        try
        {
            ArchiveReader archive = ArchiveReader.Open(disk, stored, cancellationToken);
            _archives.Add(archive);
            foreach (ScannedEntry entry in archive.Entries.Where(entry => entry.FileName is null))
            {
                _places.TryAdd(entry.Digest, (archive, entry));
            }
        }
        catch (MirrorException)
        {
            // Broken, incomplete or none of ours: the survey of the folder tells of it where it matters.
        }
    }
}
