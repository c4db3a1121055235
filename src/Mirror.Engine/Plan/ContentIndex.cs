using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Every piece of content that a plan needs, each once, with everywhere it is and where it is needed.
/// </summary>
internal sealed class ContentIndex
{
    private readonly HashSet<PlannedBlob> _blobs;
    private readonly HashSet<PlannedBlob>.AlternateLookup<Digest> _byDigest;
    private readonly Dictionary<string, ImmutableArray<string>> _single = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, Spread> _spread = [];
    private long _bytes;

    public ContentIndex()
    {
        _blobs = new HashSet<PlannedBlob>(new ByDigest());
        _byDigest = _blobs.GetAlternateLookup<Digest>();
    }

    public int Count => _blobs.Count;

    /// <summary>Adds an image; a digest of two sizes is a fault.</summary>
    /// <exception cref="MirrorException">D8M6032: sums of its sizes would not fit a number.</exception>
    public void Add(ImageContent image, string? target, ICollection<Fault> faults)
    {
        foreach (Manifest manifest in image.Manifests)
        {
            Grow(image, manifest.Descriptor.Size);
            Add(image.Repository, target, manifest.Descriptor, isManifest: true, faults);
            foreach (Descriptor blob in manifest.Blobs)
            {
                Grow(image, blob.Size);
                Add(image.Repository, target, blob, isManifest: false, faults);
            }
        }
    }

    /// <summary>What was added under a digest; to be asked when everything is added.</summary>
    public PlannedBlob Get(Digest digest)
    {
        PlannedBlob blob = _byDigest.TryGetValue(digest, out PlannedBlob? known)
            ? known
            : throw new InvalidOperationException($"{digest} was never added.");
        if (_spread.Remove(digest, out Spread? spread))
        {
            blob = spread.Whole;
            _byDigest.Remove(digest);
            _blobs.Add(blob);
        }

        return blob;
    }

    /// <summary>Each time that content is named, so that no sum of a plan, archive or image is larger.</summary>
    private void Grow(ImageContent image, long bytes)
    {
        _bytes += bytes;
        if (_bytes > OciLimits.PlanBytes)
        {
            throw new MirrorException(PlanFaults.TooLarge(image, _bytes));
        }
    }

    private void Add(
        string repository, string? target, Descriptor descriptor, bool isManifest, ICollection<Fault> faults)
    {
        if (!_byDigest.TryGetValue(descriptor.Digest, out PlannedBlob? blob))
        {
            _blobs.Add(new PlannedBlob(
                descriptor.Digest, descriptor.Size, isManifest, Single(repository))
            {
                Targets = target is null ? [] : Single(target),
            });
            return;
        }

        if (blob.Size != descriptor.Size)
        {
            faults.Add(PlanFaults.TwoSizes(descriptor.Digest, blob.Size, descriptor.Size, repository));
        }

        if (blob.Repositories[0] == repository && (target is null || blob.Targets.Contains(target)))
        {
            return;
        }

        if (!_spread.TryGetValue(descriptor.Digest, out Spread? spread))
        {
            _spread.Add(descriptor.Digest, spread = new Spread(blob));
        }

        spread.Add(repository, target);
    }

    /// <summary>Nearly all content is in one repository, and most of it in the same.</summary>
    private ImmutableArray<string> Single(string repository)
    {
        if (!_single.TryGetValue(repository, out ImmutableArray<string> single))
        {
            _single.Add(repository, single = [repository]);
        }

        return single;
    }

    /// <summary>Where content is that is in several repositories, in the order they were met.</summary>
    private sealed class Spread(PlannedBlob blob)
    {
        private readonly OrderedDictionary<string, bool> _repositories = Ordered(blob.Repositories);
        private readonly OrderedDictionary<string, bool> _targets = Ordered(blob.Targets);

        public PlannedBlob Whole => blob with { Repositories = [.. _repositories.Keys], Targets = [.. _targets.Keys] };

        public void Add(string repository, string? target)
        {
            _repositories.TryAdd(repository, true);
            if (target is not null)
            {
                _targets.TryAdd(target, true);
            }
        }

        private static OrderedDictionary<string, bool> Ordered(ImmutableArray<string> known) =>
            new(known.Select(repository => KeyValuePair.Create(repository, true)), StringComparer.Ordinal);
    }

    /// <summary>A blob is its own key: hundreds of thousands need no second copy of their digest.</summary>
    private sealed class ByDigest : IEqualityComparer<PlannedBlob>, IAlternateEqualityComparer<Digest, PlannedBlob>
    {
        public bool Equals(PlannedBlob? left, PlannedBlob? right) => left?.Digest == right?.Digest;

        public int GetHashCode(PlannedBlob blob) => GetHashCode(blob.Digest);

        public bool Equals(Digest digest, PlannedBlob blob) => blob.Digest == digest;

        public int GetHashCode(Digest digest) => digest.GetHashCode();

        public PlannedBlob Create(Digest digest) =>
            throw new NotSupportedException("A digest alone does not make a blob.");
    }
}
