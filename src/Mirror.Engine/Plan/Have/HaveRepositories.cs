using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan.Have;

/// <summary>Collects tags and content by repository, for an inventory.</summary>
internal sealed class HaveRepositories
{
    private readonly Dictionary<string, Collected> _collected = new(StringComparer.Ordinal);

    /// <summary>The images of archives that were read or resolved.</summary>
    public HaveRepositories Add(IEnumerable<ArchiveContent> archives)
    {
        foreach ((ArchiveContent archive, LayoutContent layout) in archives
            .SelectMany(archive => archive.Layouts, (archive, layout) => (archive, layout)))
        {
            Collected repository = RepositoryAt(StateId.PathOf(archive.Name, layout.Path));
            foreach (ImageContent image in layout.Images.Where(image => !image.IsAdded))
            {
                repository.Tags[image.ShortTag] = image.Digest;
                foreach (Manifest manifest in image.Manifests)
                {
                    repository.Blobs.Add(manifest.Descriptor.Digest);
                    repository.Blobs.UnionWith(manifest.Blobs.Select(blob => blob.Digest));
                }
            }
        }

        return this;
    }

    /// <summary>The images of a plan, with what it leaves out.</summary>
    public HaveRepositories Add(MirrorPlan plan)
    {
        foreach ((PlannedArchive archive, PlannedLayout layout) in plan.Archives
            .SelectMany(archive => archive.Layouts, (archive, layout) => (archive, layout)))
        {
            Collected repository = RepositoryAt(StateId.PathOf(archive.Name, layout.Path));
            foreach (PlannedImage image in layout.Images.Where(image => !image.IsAdded))
            {
                repository.Tags[image.Tag] = image.Digest;
            }

            repository.Blobs.UnionWith(layout.Blobs.Concat(layout.Omitted).Select(blob => blob.Digest));
        }

        return this;
    }

    /// <summary>Content without tags: what a target had before.</summary>
    public HaveRepositories Add(DeltaBase? deltaBase)
    {
        foreach ((string path, HashSet<Digest> blobs) in deltaBase?.Blobs ?? [])
        {
            RepositoryAt(path).Blobs.UnionWith(blobs);
        }

        return this;
    }

    /// <summary>A tag with what it refers to.</summary>
    public void Add(string path, string tag, Digest digest, IEnumerable<Digest> blobs)
    {
        Collected repository = RepositoryAt(path);
        repository.Tags[tag] = digest;
        repository.Blobs.UnionWith(blobs);
    }

    public ImmutableSortedDictionary<string, HaveRepository> Build() => _collected
        .Where(pair => pair.Value.Blobs.Count > 0)
        .ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => new HaveRepository(
                pair.Value.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. pair.Value.Blobs]),
            StringComparer.Ordinal);

    private Collected RepositoryAt(string path)
    {
        if (!_collected.TryGetValue(path, out Collected? repository))
        {
            _collected.Add(path, repository = new Collected());
        }

        return repository;
    }

    private sealed class Collected
    {
        public Dictionary<string, Digest> Tags { get; } = new(StringComparer.Ordinal);

        public HashSet<Digest> Blobs { get; } = [];
    }
}
