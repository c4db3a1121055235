using System.Collections.Immutable;
using Mirror.Engine.Disk;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles;

/// <summary>
/// The archives of a bundle, open for reading. Once this exists, every archive is whole as a tar, every index and
/// manifest is true, and everything they refer to is there; the bytes of configs and layers were not looked at. Nothing
/// is ever written. Blocks: run it on a thread of its own.
/// </summary>
internal sealed class BundleReader : IDisposable
{
    private readonly List<ArchiveReader> _archives = [];
    private readonly Dictionary<Digest, (ArchiveReader Archive, ScannedEntry Entry)> _places = [];

    private BundleReader()
    {
    }

    public IReadOnlyList<ArchiveReader> Archives => _archives;

    /// <summary>What the archives hold, with the paths that layouts have in them.</summary>
    public ImmutableArray<WantedArchive> Content { get; private set; } = [];

    /// <summary>What is odd and does no harm (D8M6014).</summary>
    public ImmutableArray<Fault> Warnings =>
        [.. _archives.Where(archive => archive.HasTail).Select(archive => BundleFaults.Tail(archive.Archive))];

    /// <summary>Opens archives.</summary>
    /// <exception cref="MirrorException">Everything that is wrong with all of them, at once.</exception>
    public static BundleReader Open(
        IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        BundleReader reader = new();
        try
        {
            reader.Read(disk, archives, cancellationToken);
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
            : throw BundleFaults.Defect($"{digest} is in none of the archives.");

    public void Dispose()
    {
        foreach (ArchiveReader archive in _archives)
        {
            archive.Dispose();
        }
    }

    private void Read(IDisk disk, ImmutableArray<StoredArchive> archives, CancellationToken cancellationToken)
    {
        List<Fault> faults = [];
        ImmutableArray<WantedArchive>.Builder content = ImmutableArray.CreateBuilder<WantedArchive>();
        foreach (StoredArchive archive in archives)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                ArchiveReader open = ArchiveReader.Open(disk, archive, cancellationToken);
                _archives.Add(open);
                content.Add(Read(open, faults));
            }
            catch (MirrorException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        Content = faults.Count == 0 ? content.ToImmutable() : throw new MirrorException([.. faults]);
    }

    private WantedArchive Read(ArchiveReader archive, List<Fault> faults)
    {
        SortedDictionary<string, LayoutReader> layouts = new(StringComparer.Ordinal);
        foreach (ScannedEntry entry in archive.Entries)
        {
            if (!layouts.TryGetValue(entry.LayoutPath, out LayoutReader? layout))
            {
                layouts.Add(entry.LayoutPath, layout = new LayoutReader(archive, entry.LayoutPath, faults));
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

        return new WantedArchive(archive.Archive.Name, [.. layouts.Values.Select(layout => layout.Read())])
        {
            FileBytes = archive.Length,
        };
    }
}
