using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Every piece of content that a plan needs, each once, with everywhere it is and where it is needed.
/// </summary>
internal sealed class ContentIndex
{
    private readonly Dictionary<Digest, PlannedBlob> _blobs = [];
    private readonly Dictionary<string, ImmutableArray<string>> _single = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, Spread> _spread = [];

    /// <summary>Adds an image; a digest of two sizes is a fault.</summary>
    public void Add(WantedImage image, string? target, ICollection<Fault> faults)
    {
        foreach (Manifest manifest in image.Manifests)
        {
            Add(image.Repository, target, manifest.Descriptor, isManifest: true, faults);
            foreach (Descriptor blob in manifest.Blobs)
            {
                Add(image.Repository, target, blob, isManifest: false, faults);
            }
        }
    }

    /// <summary>What was added under a digest; to be asked when everything is added.</summary>
    public PlannedBlob Of(Digest digest)
    {
        PlannedBlob blob = _blobs[digest];
        if (_spread.Remove(digest, out Spread? spread))
        {
            blob = spread.Whole;
            _blobs[digest] = blob;
        }

        return blob;
    }

    private void Add(
        string repository, string? target, Descriptor descriptor, bool isManifest, ICollection<Fault> faults)
    {
        if (!_blobs.TryGetValue(descriptor.Digest, out PlannedBlob? blob))
        {
            _blobs.Add(descriptor.Digest, new PlannedBlob(
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
}
