using System.Collections.Immutable;
using System.Security.Cryptography;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles;

/// <summary>
/// Reads one layout of an archive: index and manifests are checked against their digests, and everything they refer to
/// must be there in its size. The bytes of configs and layers are not read.
/// </summary>
internal sealed class LayoutReader(ArchiveReader archive, string path, ICollection<Fault> faults)
{
    private readonly Dictionary<Digest, ScannedEntry> _blobs = [];
    private readonly Dictionary<Digest, Manifest?> _manifests = [];
    private ScannedEntry? _layoutFile;
    private ScannedEntry? _index;

    public void Add(ScannedEntry entry)
    {
        switch (entry.FileName)
        {
            case LayoutFiles.LayoutName:
                _layoutFile = entry;
                break;
            case LayoutFiles.IndexName:
                _index = entry;
                break;
            default:
                _blobs.Add(entry.Digest, entry);
                break;
        }
    }

    /// <summary>The layout; what is wrong with it was added to the faults.</summary>
    public WantedLayout Read()
    {
        ImmutableArray<WantedImage>.Builder images = ImmutableArray.CreateBuilder<WantedImage>();
        foreach (IndexedImage image in ReadIndex())
        {
            string name = $"{(path.Length == 0 ? "" : path)}:{image.Tag}";
            List<Manifest> manifests = [];
            if (Collect(image.Descriptor, name, manifests, OciLimits.IndexDepth))
            {
                images.Add(new WantedImage(path, image.Tag, [.. manifests], $"in {archive.Archive.Name}"));
            }
        }

        return new WantedLayout(path, images.ToImmutable());
    }

    private ImmutableArray<IndexedImage> ReadIndex()
    {
        try
        {
            if (_index is not { } index || _layoutFile is not { } layoutFile)
            {
                throw new FormatException($"there is no {(_index is null ? "index.json" : "oci-layout")}");
            }

            LayoutIndex.CheckLayoutFile(archive.ReadWhole(layoutFile, LayoutIndex.LargestLayoutFile));
            return LayoutIndex.Read(archive.ReadWhole(index, LayoutIndex.LargestIndex));
        }
        catch (FormatException exception)
        {
            faults.Add(BundleFaults.LayoutMalformed(archive.Archive.Label, path, exception.Message));
            return [];
        }
    }

    private bool Collect(Descriptor descriptor, string neededBy, List<Manifest> manifests, int depth)
    {
        if (ReadManifest(descriptor, neededBy) is not { } manifest)
        {
            return false;
        }

        manifests.Add(manifest);
        bool isWhole = true;
        foreach (Descriptor blob in manifest.Blobs)
        {
            isWhole &= Demand(blob, neededBy) is not null;
        }

        if (manifest.Children.Length > 0 && depth == 0)
        {
            faults.Add(BundleFaults.LayoutMalformed(
                archive.Archive.Label, path, $"{neededBy} nests indexes too deeply"));
            return false;
        }

        foreach (Descriptor child in manifest.Children)
        {
            isWhole &= Collect(child, neededBy, manifests, depth - 1);
        }

        return isWhole;
    }

    private Manifest? ReadManifest(Descriptor descriptor, string neededBy)
    {
        if (_manifests.TryGetValue(descriptor.Digest, out Manifest? known))
        {
            return known;
        }

        Manifest? manifest = Demand(descriptor, neededBy) is { } entry ? Parse(descriptor, entry, neededBy) : null;
        _manifests.Add(descriptor.Digest, manifest);
        return manifest;
    }

    private Manifest? Parse(Descriptor descriptor, ScannedEntry entry, string neededBy)
    {
        try
        {
            byte[] content = archive.ReadWhole(entry, OciLimits.ManifestBytes);
            Digest actual = descriptor.Digest.SameAlgorithm(
                CryptographicOperations.HashData(descriptor.Digest.HashName, content));
            if (actual != descriptor.Digest)
            {
                faults.Add(BundleFaults.ContentDamaged(archive.Archive.Label, entry.Path, actual));
                return null;
            }

            return ManifestReader.Read(content, descriptor.Digest, descriptor.MediaType);
        }
        catch (FormatException exception)
        {
            faults.Add(BundleFaults.LayoutMalformed(
                archive.Archive.Label, path, $"{neededBy}: {exception.Message.TrimEnd('.')}"));
            return null;
        }
    }

    /// <summary>The entry of a descriptor, if it is there in its size.</summary>
    private ScannedEntry? Demand(Descriptor descriptor, string neededBy)
    {
        bool isThere = _blobs.TryGetValue(descriptor.Digest, out ScannedEntry entry);
        if (isThere && entry.Size == descriptor.Size)
        {
            return entry;
        }

        string prefix = path.Length == 0 ? "" : path + "/";
        faults.Add(BundleFaults.ContentMissing(
            archive.Archive.Label,
            ArchiveEntry.BlobPath(prefix, descriptor.Digest),
            neededBy,
            isThere ? $"has {entry.Size} bytes instead of {descriptor.Size}" : "is missing"));
        return null;
    }
}
