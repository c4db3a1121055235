using Mirror.Engine.Disk;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>
/// The archives of a bundle, open for reading. Once this exists, every archive is whole as a tar, every index and
/// manifest is true, and everything they refer to is there; the bytes of configs and layers were not looked at. Nothing
/// is ever written. Blocks: run it on a thread of its own.
/// </summary>
internal sealed class BundleReader : IDisposable
{
    private readonly List<ArchiveReader> _archives = [];
    private readonly Dictionary<Digest, (ArchiveReader Archive, ScannedEntry Entry)> _places = [];
    private readonly List<Fault> _warnings = [];

    public IReadOnlyList<ArchiveReader> Archives => _archives;

    /// <summary>What the archives hold, with the paths that layouts have in them.</summary>
    public ImmutableArray<ArchiveContent> Content { get; private set; } = [];

    /// <summary>What is odd and does no harm (D8M6014, D8M6060, D8M6061).</summary>
    public ImmutableArray<Fault> Warnings => [.. _warnings];

    /// <summary>Opens those archives that can be read as tars; what is said above holds for the sound ones.</summary>
    public static BundleReader OpenSound(
        IDisk disk,
        ImmutableArray<StoredArchive> archives,
        out ImmutableArray<Fault> faults,
        CancellationToken cancellationToken)
    {
        BundleReader reader = new();
        try
        {
            faults = reader.Read(disk, archives, cancellationToken);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Where some content lies; it may lie in other places, too.</summary>
    public (ArchiveReader Archive, ScannedEntry Entry) Find(Digest digest) =>
        _places.TryGetValue(digest, out (ArchiveReader Archive, ScannedEntry Entry) place)
            ? place
            : throw MirrorException.Defect($"{digest} is in none of the archives.");

    /// <summary>Whether any archive holds some content; a delta leaves some out.</summary>
    public bool Holds(Digest digest) => _places.ContainsKey(digest);

    /// <summary>That some content is not what its digest says (D8M7001), with the images that need it.</summary>
    public Fault Damage(ArchiveReader archive, ScannedEntry entry, Digest actual)
    {
        ImmutableArray<string> images = [.. Content[_archives.IndexOf(archive)].Layouts
            .Where(layout => layout.Path == entry.LayoutPath)
            .SelectMany(layout => layout.Images)
            .Where(image => image.Manifests.Any(manifest => manifest.Descriptor.Digest == entry.Digest
                || manifest.Blobs.Any(blob => blob.Digest == entry.Digest)))
            .Select(image => $"{entry.LayoutPath}:{image.ShortTag}")];
        return BundleFaults.ContentDamaged(archive.Archive.Label, archive.NameOf(entry), actual, images.Length switch
        {
            0 => "no image needs it",
            1 => $"{images[0]} needs it",
            2 => $"{images[0]} and {images[1]} need it",
            _ => $"{images[0]} and {images.Length - 1} other images need it",
        });
    }

    public void Dispose()
    {
        foreach (ArchiveReader archive in _archives)
        {
            archive.Dispose();
        }
    }

    private ImmutableArray<Fault> Read(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        List<Fault> faults = [];
        ImmutableArray<ArchiveContent>.Builder content = ImmutableArray.CreateBuilder<ArchiveContent>();
        foreach (StoredArchive archive in archives)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                _archives.Add(ArchiveReader.Open(disk, archive, cancellationToken));
            }
            catch (MirrorException exception)
            {
                faults.AddRange(exception.Faults);
                continue;
            }

            int before = faults.Count;
            content.Add(Read(_archives[^1], faults));
            _archives[^1].IsSound = faults.Count == before;
        }

        Content = content.ToImmutable();
        return [.. faults];
    }

    private void WarnOfEnd(ArchiveReader archive)
    {
        if (archive.End != ArchiveEnd.Proper)
        {
            _warnings.Add(archive.End == ArchiveEnd.Tail
                ? BundleFaults.Tail(archive.Archive)
                : BundleFaults.EndShort(archive.Archive));
        }
    }

    private ArchiveContent Read(ArchiveReader archive, List<Fault> faults)
    {
        WarnOfEnd(archive);
        SortedDictionary<string, LayoutReader> layouts = new(StringComparer.Ordinal);
        foreach (ScannedEntry entry in archive.Entries)
        {
            if (!layouts.TryGetValue(entry.LayoutPath, out LayoutReader? layout))
            {
                layouts.Add(entry.LayoutPath, layout = new LayoutReader(archive, entry.LayoutPath, faults, _warnings));
            }

            layout.Add(entry);
            if (entry.FileName is null)
            {
                _places.TryAdd(entry.Digest, (archive, entry));
            }
        }

        if (layouts.Count == 0)
        {
            faults.Add(BundleFaults.Damaged(archive.Archive.Label, "it is empty").Faults[0]);
        }

        return new ArchiveContent(archive.Archive.Name, [.. layouts.Values.Select(layout => layout.Read())])
        {
            FileBytes = archive.Length,
        };
    }
}
