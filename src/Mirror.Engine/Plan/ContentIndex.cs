using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Every piece of content that a plan needs, each once, with everywhere it is and where it is needed.
/// </summary>
internal sealed class ContentIndex
{
    private readonly Dictionary<Digest, Content> _contents = [];
    private readonly Dictionary<Digest, PlannedBlob> _blobs = [];

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
        if (!_blobs.TryGetValue(digest, out PlannedBlob? blob))
        {
            Content content = _contents[digest];
            blob = new PlannedBlob(digest, content.Size, content.IsManifest, [.. content.Repositories])
            {
                Targets = [.. content.Targets],
            };
            _blobs.Add(digest, blob);
        }

        return blob;
    }

    private void Add(
        string repository, string? target, Descriptor descriptor, bool isManifest, ICollection<Fault> faults)
    {
        if (!_contents.TryGetValue(descriptor.Digest, out Content? content))
        {
            _contents.Add(descriptor.Digest, content = new Content(descriptor.Size, isManifest));
        }
        else if (content.Size != descriptor.Size)
        {
            faults.Add(PlanFaults.TwoSizes(descriptor.Digest, content.Size, descriptor.Size, repository));
        }

        AddOnce(content.Repositories, repository);
        if (target is not null)
        {
            AddOnce(content.Targets, target);
        }
    }

    private static void AddOnce(List<string> list, string repository)
    {
        if (!list.Contains(repository))
        {
            list.Add(repository);
        }
    }

    private sealed record Content(long Size, bool IsManifest)
    {
        public List<string> Repositories { get; } = [];

        public List<string> Targets { get; } = [];
    }
}
