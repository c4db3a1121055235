namespace Mirror.Engine.Plan.Have;

/// <summary>What the target of a delta is expected to have: one state, or several together.</summary>
internal sealed class DeltaBase
{
    private readonly Dictionary<string, HashSet<Digest>> _blobs = new(StringComparer.Ordinal);

    public DeltaBase(ImmutableArray<HaveFile> states)
    {
        foreach ((string path, HaveRepository repository) in states.SelectMany(state => state.Repositories))
        {
            if (!_blobs.TryGetValue(path, out HashSet<Digest>? blobs))
            {
                _blobs.Add(path, blobs = []);
            }

            blobs.UnionWith(repository.Blobs);
        }

        Id = StateId.Compute(states.SelectMany(state => state.Images));
    }

    /// <summary>The state id of all tags: of one state its own.</summary>
    public string Id { get; }

    /// <summary>Everything that is expected, by path.</summary>
    public IEnumerable<KeyValuePair<string, HashSet<Digest>>> Blobs => _blobs;

    public bool Has(string path, Digest digest) =>
        _blobs.TryGetValue(path, out HashSet<Digest>? blobs) && blobs.Contains(digest);
}
