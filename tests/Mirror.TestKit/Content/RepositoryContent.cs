using System.Diagnostics.CodeAnalysis;

namespace Mirror.TestKit.Content;

/// <summary>What one repository holds. Safe for concurrent use.</summary>
public sealed class RepositoryContent(string name)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BlobContent> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredManifest> _manifests = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>The repository path without a host.</summary>
    public string Name => name;

    /// <summary>The tags in ordinal order.</summary>
    public IReadOnlyList<string> Tags
    {
        get
        {
            lock (_gate)
            {
                return [.. _tags.Keys];
            }
        }
    }

    /// <summary>The manifests, tagged or not, by digest.</summary>
    public IReadOnlyList<StoredManifest> Manifests
    {
        get
        {
            lock (_gate)
            {
                return [.. _manifests.Values.OrderBy(manifest => manifest.Digest, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The blobs by digest.</summary>
    public IReadOnlyList<BlobContent> Blobs
    {
        get
        {
            lock (_gate)
            {
                return [.. _blobs.Values.OrderBy(blob => blob.Digest, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The manifests whose subject is that digest, by digest; it need not be here itself.</summary>
    public IReadOnlyList<StoredManifest> Referrers(string subject) =>
        [.. Manifests.Where(manifest => manifest.Referral?.Subject == subject)];

    /// <summary>Adds a blob; the same digest twice is the same blob.</summary>
    public void AddBlob(BlobContent blob)
    {
        lock (_gate)
        {
            _blobs.TryAdd(blob.Digest, blob);
        }
    }

    /// <summary>Adds a manifest and, unless <paramref name="tag"/> is null, points the tag at it.</summary>
    public void AddManifest(StoredManifest manifest, string? tag = null)
    {
        lock (_gate)
        {
            _manifests[manifest.Digest] = manifest;
            if (tag is not null)
            {
                _tags[tag] = manifest.Digest;
            }
        }
    }

    /// <summary>Adds a manifest under a new tag: false, and nothing changes, when the tag is here already.</summary>
    public bool TryAddTagged(StoredManifest manifest, string tag)
    {
        lock (_gate)
        {
            var isNew = _tags.TryAdd(tag, manifest.Digest);
            if (isNew)
            {
                _manifests[manifest.Digest] = manifest;
            }

            return isNew;
        }
    }

    /// <summary>Removes a blob: false when it is not here. Manifests that name it stay.</summary>
    public bool RemoveBlob(string digest)
    {
        lock (_gate)
        {
            return _blobs.Remove(digest);
        }
    }

    /// <summary>Removes a manifest with all its tags: false when it is not here.</summary>
    public bool RemoveManifest(string digest)
    {
        lock (_gate)
        {
            string[] tags = [.. _tags.Where(tag => tag.Value == digest).Select(tag => tag.Key)];
            Array.ForEach(tags, tag => _tags.Remove(tag));
            return _manifests.Remove(digest);
        }
    }

    /// <summary>Removes a tag: false when it is not here. Its manifest stays.</summary>
    public bool RemoveTag(string tag)
    {
        lock (_gate)
        {
            return _tags.Remove(tag);
        }
    }

    /// <summary>Finds a manifest by tag or digest.</summary>
    public bool TryGetManifest(string reference, [NotNullWhen(true)] out StoredManifest? manifest)
    {
        lock (_gate)
        {
            return _manifests.TryGetValue(_tags.GetValueOrDefault(reference, reference), out manifest);
        }
    }

    /// <summary>Finds a blob by digest.</summary>
    public bool TryGetBlob(string digest, [NotNullWhen(true)] out BlobContent? blob)
    {
        lock (_gate)
        {
            return _blobs.TryGetValue(digest, out blob);
        }
    }

    internal IEnumerable<ContentEntry> Entries()
    {
        lock (_gate)
        {
            var digests = _tags.Values.ToHashSet(StringComparer.Ordinal);
            var tagged = _tags.Select(tag => Entry(tag.Key, _manifests[tag.Value]));
            var untagged = _manifests.Values
                .Where(manifest => !digests.Contains(manifest.Digest))
                .OrderBy(manifest => manifest.Digest, StringComparer.Ordinal)
                .Select(manifest => Entry(null, manifest));
            return [.. tagged, .. untagged];
        }
    }

    private ContentEntry Entry(string? tag, StoredManifest manifest) =>
        new(name, tag, manifest.Digest, manifest.MediaType, manifest.Bytes.Length);
}
