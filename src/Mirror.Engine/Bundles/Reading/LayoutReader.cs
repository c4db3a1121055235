using System.Security.Cryptography;
using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;
using Mirror.Engine.Plan.Have;

namespace Mirror.Engine.Bundles.Reading;

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
    private readonly HashSet<Digest> _omitted = [];
    private string? _deltaBase;
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
    public LayoutContent Read()
    {
        OrderedDictionary<string, ImageContent> images = new(StringComparer.Ordinal);
        foreach (IndexedImage image in ReadIndex())
        {
            if (Manifests(image.Descriptor, $"{path}:{image.Tag}") is { IsDefault: false } manifests)
            {
                Add(images, new ImageContent(path, image.Tag, manifests, $"in {archive.Archive.Name}"));
            }
        }

        return new LayoutContent(path, [.. images.Values])
        {
            DeltaBase = _deltaBase,
            Omitted = [.. _omitted.Order()],
        };
    }

    /// <summary>The last of several entries with one tag counts, as for d8, but not in silence.</summary>
    private void Add(OrderedDictionary<string, ImageContent> images, ImageContent image)
    {
        if (images.TryGetValue(image.ShortTag, out ImageContent? earlier) && earlier.Digest != image.Digest)
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
            byte[] content = archive.ReadWhole(index, LayoutIndex.LargestIndex);
            _deltaBase = LayoutIndex.ReadDeltaBase(content);
            return LayoutIndex.Read(content);
        }
        catch (FormatException exception)
        {
            faults.Add(Malformed(exception.Message));
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

        if (ReadManifest(descriptor, neededBy) is not { } root)
        {
            return default;
        }

        bool isWhole = HasBlobs(root, neededBy);
        ManifestWalk walk = new(root);
        try
        {
            while (walk.Next() is { } child)
            {
                if (ReadManifest(child, neededBy) is { } manifest)
                {
                    walk.Enter(manifest);
                    isWhole &= HasBlobs(manifest, neededBy);
                }
                else
                {
                    isWhole = false;
                }
            }
        }
        catch (FormatException exception)
        {
            faults.Add(Malformed($"{neededBy}: {exception.Message}"));
            return default;
        }

        return isWhole ? _whole[descriptor.Digest] = walk.Manifests : default;
    }

    private bool HasBlobs(Manifest manifest, string neededBy)
    {
        bool hasAll = true;
        foreach (Descriptor blob in manifest.Blobs)
        {
            hasAll &= IsOmitted(manifest, blob) || Demand(blob, neededBy) is not null;
        }

        return hasAll;
    }

    /// <summary>
    /// A delta leaves out layers, and of no release image; whether the target has them is for a push to prove.
    /// </summary>
    private bool IsOmitted(Manifest manifest, Descriptor blob)
    {
        if (_deltaBase is null || _blobs.ContainsKey(blob.Digest) || blob.Digest == manifest.Config?.Digest
            || DeltaPlan.StaysWhole(StateId.PathOf(archive.Archive.Name, path)))
        {
            return false;
        }

        _omitted.Add(blob.Digest);
        return true;
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
            return manifest;
        }

        try
        {
            if (manifest is not null)
            {
                ManifestWalk.Check(descriptor, manifest);
            }

            return manifest;
        }
        catch (FormatException exception)
        {
            faults.Add(Malformed($"{neededBy}: {exception.Message}"));
            return null;
        }
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
            faults.Add(Malformed($"{neededBy} needs {archive.NameOf(entry)}: {exception.Message}"));
            return null;
        }
    }

    private Fault Malformed(string message) =>
        BundleFaults.LayoutMalformed(archive.Archive.Label, path, message.TrimEnd('.'));

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
