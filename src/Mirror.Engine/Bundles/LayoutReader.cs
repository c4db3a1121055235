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
internal sealed class LayoutReader(
    ArchiveReader archive, string path, ICollection<Fault> faults, ICollection<Fault> warnings)
{
    private readonly Dictionary<Digest, ScannedEntry> _blobs = [];
    private readonly Dictionary<Digest, Manifest?> _manifests = [];
    private readonly Dictionary<Digest, ImmutableArray<Manifest>> _whole = [];
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
        OrderedDictionary<string, WantedImage> images = new(StringComparer.Ordinal);
        foreach (IndexedImage image in ReadIndex())
        {
            if (Manifests(image.Descriptor, $"{path}:{image.Tag}") is { IsDefault: false } manifests)
            {
                Add(images, new WantedImage(path, image.Tag, manifests, $"in {archive.Archive.Name}"));
            }
        }

        return new WantedLayout(path, [.. images.Values]);
    }

    /// <summary>The last of several entries with one tag counts, as for d8, but not in silence.</summary>
    private void Add(OrderedDictionary<string, WantedImage> images, WantedImage image)
    {
        if (images.TryGetValue(image.ShortTag, out WantedImage? earlier) && earlier.Digest != image.Digest)
        {
            warnings.Add(BundleFaults.TagTwice(archive.Archive.Label, path, earlier, image));
        }

        images[image.ShortTag] = image;
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

    /// <summary>A manifest and those below it, each once, parents first; none when something is wrong.</summary>
    private ImmutableArray<Manifest> Manifests(Descriptor descriptor, string neededBy)
    {
        if (_whole.TryGetValue(descriptor.Digest, out ImmutableArray<Manifest> known)
            && ReadManifest(descriptor, neededBy) is not null)
        {
            return known;
        }

        List<Manifest> manifests = [];
        if (!Collect(descriptor, neededBy, manifests, [], OciLimits.IndexDepth))
        {
            return default;
        }

        manifests.Reverse();
        return _whole[descriptor.Digest] = [.. manifests];
    }

    /// <summary>
    /// Adds what is below a manifest, then itself. What was met before is not entered again: indexes that name each
    /// other many times would never come to an end.
    /// </summary>
    private bool Collect(
        Descriptor descriptor, string neededBy, List<Manifest> manifests, HashSet<Digest> met, int depth)
    {
        if (ReadManifest(descriptor, neededBy) is not { } manifest)
        {
            return false;
        }

        if (!met.Add(descriptor.Digest))
        {
            return true;
        }

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

        foreach (Descriptor child in manifest.Children.Reverse())
        {
            isWhole &= Collect(child, neededBy, manifests, met, depth - 1);
        }

        manifests.Add(manifest);
        return isWhole;
    }

    private Manifest? ReadManifest(Descriptor descriptor, string neededBy)
    {
        if (Demand(descriptor, neededBy) is not { } entry)
        {
            return null;
        }

        if (!_manifests.TryGetValue(descriptor.Digest, out Manifest? manifest))
        {
            _manifests.Add(descriptor.Digest, manifest = Parse(descriptor, entry, neededBy));
        }
        else if (manifest is not null && descriptor.MediaType.Length > 0
            && descriptor.MediaType != manifest.Descriptor.MediaType)
        {
            faults.Add(BundleFaults.LayoutMalformed(
                archive.Archive.Label,
                path,
                $"{neededBy} has {entry.Path} as {descriptor.MediaType}, another as {manifest.Descriptor.MediaType}"));
            return null;
        }

        return manifest;
    }

    private Manifest? Parse(Descriptor descriptor, ScannedEntry entry, string neededBy)
    {
        try
        {
            byte[] content = archive.ReadWhole(entry, OciLimits.ManifestBytes);
            archive.NoteJudged(entry);
            Digest actual = descriptor.Digest.SameAlgorithm(
                CryptographicOperations.HashData(descriptor.Digest.HashName, content));
            if (actual != descriptor.Digest)
            {
                faults.Add(BundleFaults.ContentDamaged(
                    archive.Archive.Label, archive.NameOf(entry), actual, $"{neededBy} needs it"));
                return null;
            }

            return ManifestReader.Read(content, descriptor.Digest, descriptor.MediaType);
        }
        catch (FormatException exception)
        {
            faults.Add(BundleFaults.LayoutMalformed(
                archive.Archive.Label,
                path,
                $"{neededBy} needs {archive.NameOf(entry)}: {exception.Message.TrimEnd('.')}"));
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

        if (isThere)
        {
            archive.NoteJudged(entry);
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
