using System.Collections.Immutable;
using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

/// <summary>
/// Turns what the components want into a plan: each image once per layout, each piece of content once at all, in the
/// order of transfer. Archives without any image vanish.
/// </summary>
internal sealed class PlanBuilder(string host)
{
    private readonly Dictionary<Digest, Content> _contents = [];
    private readonly List<Fault> _faults = [];

    /// <summary>Builds the plan.</summary>
    /// <param name="source">The source for people: host and path.</param>
    /// <param name="archives">What is wanted.</param>
    /// <param name="notes">What was looked for and is absent.</param>
    /// <exception cref="MirrorException">D8M4001 and D8M4002, all at once; D8M3011 for an empty plan.</exception>
    public MirrorPlan Build(string source, IEnumerable<WantedArchive> archives, ImmutableArray<Fault> notes)
    {
        WantedArchive[] filled = [.. archives
            .Where(archive => archive.Layouts.Any(layout => layout.Images.Length > 0))
            .OrderBy(archive => archive.Name, StringComparer.Ordinal)];
        foreach (WantedImage image in filled.SelectMany(archive => archive.Layouts).SelectMany(layout => layout.Images))
        {
            Collect(image);
        }

        Dictionary<Digest, PlannedBlob> blobs = _contents.ToDictionary(
            pair => pair.Key,
            pair => new PlannedBlob(pair.Key, pair.Value.Size, pair.Value.IsManifest, [.. pair.Value.Repositories]));
        ImmutableArray<PlannedArchive> planned = [.. filled.Select(archive => Plan(archive, blobs))];
        if (planned.IsEmpty)
        {
            _faults.Add(PlanFaults.Empty(source, notes));
        }

        return _faults.Count > 0
            ? throw new MirrorException([.. _faults])
            : new MirrorPlan { Source = source, Archives = planned, Blobs = InOrder(planned), Notes = notes };
    }

    private static ImmutableArray<PlannedBlob> InOrder(ImmutableArray<PlannedArchive> archives)
    {
        HashSet<Digest> seen = [];
        return [.. archives
            .SelectMany(archive => archive.Layouts)
            .SelectMany(layout => layout.Blobs)
            .Where(blob => seen.Add(blob.Digest))];
    }

    private PlannedArchive Plan(WantedArchive archive, Dictionary<Digest, PlannedBlob> blobs) => new()
    {
        Name = archive.Name,
        Layouts = [.. archive.Layouts
            .OrderBy(layout => layout.Path, StringComparer.Ordinal)
            .Select(layout => Plan(archive, layout, blobs))],
    };

    private PlannedLayout Plan(
        WantedArchive archive, WantedLayout layout, Dictionary<Digest, PlannedBlob> blobs)
    {
        Dictionary<string, WantedImage> byTag = new(StringComparer.Ordinal);
        foreach (WantedImage image in layout.Images)
        {
            if (!byTag.TryAdd(image.ShortTag, image) && byTag[image.ShortTag].Digest != image.Digest)
            {
                _faults.Add(PlanFaults.TwoDigests(archive.Name, layout.Path, byTag[image.ShortTag], image));
            }
        }

        HashSet<Digest> digests = [];
        foreach (Manifest manifest in byTag.Values.SelectMany(image => image.Manifests))
        {
            digests.Add(manifest.Descriptor.Digest);
            digests.UnionWith(manifest.Blobs.Select(blob => blob.Digest));
        }

        return new PlannedLayout
        {
            Path = layout.Path,
            Images = [.. byTag.Values
                .Select(Plan)
                .OrderBy(image => image.Reference, StringComparer.Ordinal)
                .ThenBy(image => image.Tag, StringComparer.Ordinal)],
            Blobs = [.. digests.Order().Select(digest => blobs[digest])],
        };
    }

    private PlannedImage Plan(WantedImage image) => new()
    {
        Repository = image.Repository,
        Tag = image.ShortTag,
        Reference = image.Tag is null
            ? $"{host}/{image.Repository}@{image.Digest}"
            : $"{host}/{image.Repository}:{image.Tag}",
        Digest = image.Digest,
        MediaType = image.Manifest.Descriptor.MediaType,
        ManifestBytes = image.Manifest.Descriptor.Size,
        ArtifactType = image.Manifest.ArtifactType,
        TotalBytes = image.Manifests
            .SelectMany(manifest => manifest.Blobs.Prepend(manifest.Descriptor))
            .DistinctBy(blob => blob.Digest)
            .Sum(blob => blob.Size),
        Reason = image.Reason,
    };

    private void Collect(WantedImage image)
    {
        foreach (Manifest manifest in image.Manifests)
        {
            Collect(image.Repository, manifest.Descriptor, isManifest: true);
            foreach (Descriptor blob in manifest.Blobs)
            {
                Collect(image.Repository, blob, isManifest: false);
            }
        }
    }

    private void Collect(string repository, Descriptor descriptor, bool isManifest)
    {
        if (!_contents.TryGetValue(descriptor.Digest, out Content? content))
        {
            _contents.Add(descriptor.Digest, content = new Content(descriptor.Size, isManifest));
        }
        else if (content.Size != descriptor.Size)
        {
            _faults.Add(PlanFaults.TwoSizes(descriptor.Digest, content.Size, descriptor.Size, repository));
        }

        if (!content.Repositories.Contains(repository))
        {
            content.Repositories.Add(repository);
        }
    }

    private sealed record Content(long Size, bool IsManifest)
    {
        public List<string> Repositories { get; } = [];
    }
}
