namespace Mirror.Engine.Plan;

/// <summary>Gathers the tags to write at a target: each once, whatever number of archives has it.</summary>
internal sealed class PublicationPlan(ContentIndex contents)
{
    private readonly SortedDictionary<(PublishStage Stage, string Repository, string Tag), Entry> _entries = new(
        Comparer<(PublishStage Stage, string Repository, string Tag)>.Create(Compare));

    private readonly Dictionary<(string Repository, string Tag), Entry> _byTag = [];

    /// <summary>Adds a tag; one tag with two digests is a fault, not a race that the last archive wins.</summary>
    public void Add(string repository, ImageContent image, string origin, ICollection<Fault> faults)
    {
        Entry entry = new(image, origin);
        if (_byTag.TryAdd((repository, image.ShortTag), entry))
        {
            _entries.Add((image.Stage, repository, image.ShortTag), entry);
        }
        else if (_byTag[(repository, image.ShortTag)] is var known && known.Image.Digest != image.Digest)
        {
            faults.Add(PlanFaults.TwoDigestsAtTarget(
                $"{repository}:{image.ShortTag}", known.Image.Digest, known.Origin, image.Digest, origin));
        }
    }

    /// <summary>The tags by stage, repository and name.</summary>
    public ImmutableArray<PlannedPublication> Build() =>
        [.. _entries.Select(pair => Build(pair.Key.Repository, pair.Value.Image))];

    private PlannedPublication Build(string repository, ImageContent image) => new(
        repository,
        image.ShortTag,
        image.Stage,
        [.. image.Manifests.Select(manifest => new PlannedManifest(
            contents.Get(manifest.Descriptor.Digest), manifest.Descriptor.MediaType))],
        [.. image.Manifests.SelectMany(manifest => manifest.Blobs)
            .Select(blob => blob.Digest).Distinct().Select(contents.Get)]);

    private static int Compare(
        (PublishStage Stage, string Repository, string Tag) left,
        (PublishStage Stage, string Repository, string Tag) right)
    {
        int byStage = left.Stage.CompareTo(right.Stage);
        int byRepository = byStage != 0 ? byStage : string.CompareOrdinal(left.Repository, right.Repository);
        return byRepository != 0 ? byRepository : string.CompareOrdinal(left.Tag, right.Tag);
    }

    private sealed record Entry(ImageContent Image, string Origin);
}
