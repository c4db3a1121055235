using Mirror.Engine.Deckhouse.Target;
using Mirror.Engine.Ends;
using Mirror.Engine.Flows.Runs;
using Mirror.Engine.Plan;
using Mirror.Engine.Report.Diff;
using Mirror.Engine.Settings.Checks;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Flows.Targets;

/// <summary>What a target holds, seen with the eyes of another state: at the same paths, tag by tag.</summary>
internal sealed class TargetSide(CheckedPushSettings order, TargetSession session)
{
    private const string Install = "install";
    private const string ReferrersStart = "sha256-";

    private readonly TargetTree _tree = new(order.Target, order.BareRoot);
    private readonly TargetTags _tags = new(session.Client, order.Target.Transfer.MaxConnections);

    /// <summary>
    /// The tags of the other state that are there, and, where the target lists tags, whatever else is in the same
    /// repositories. What a push adds to a bundle, tags to find names by and <c>install:CHANNEL</c>, belongs to no
    /// state.
    /// </summary>
    public async Task<ImmutableArray<TaggedImage>> ReadAsync(
        IEnumerable<TaggedImage> other, CancellationToken cancellationToken)
    {
        SortedDictionary<TagPlace, TaggedImage> known = DiffTags.ByPlace(other);
        Dictionary<string, TaggedImage> byRepository = known.Values
            .DistinctBy(image => image.Path, StringComparer.Ordinal)
            .GroupBy(image => _tree.RepositoryOf(image.Path), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        HashSet<TargetTag> names =
        [
            .. known.Keys.Select(place => TargetTree.CatalogueOf(place.Path))
                .OfType<(string Catalogue, string Name)>()
                .Select(item => new TargetTag(_tree.RepositoryOf(item.Catalogue), item.Name)),
        ];
        Dictionary<TargetTag, Digest?> asked = [];
        foreach ((TagPlace place, TaggedImage image) in known)
        {
            asked[TagAt(place)] = image.Digest;
        }

        foreach (TargetTag tag in await _tags.ListAsync(byRepository.Keys, cancellationToken).ConfigureAwait(false))
        {
            if (!names.Contains(tag) && !IsAdded(byRepository[tag.Repository].Path, tag.Tag))
            {
                asked.TryAdd(tag, null);
            }
        }

        IReadOnlyDictionary<TargetTag, Digest> found = await _tags.FindAsync(asked, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. from tag in found
               let image = byRepository[tag.Key.Repository]
               select new TaggedImage(image.Archive, image.Path, tag.Key.Tag, tag.Value),
        ];
    }

    /// <summary>What some tags stand for at the target; those that are not there are not in the answer.</summary>
    public async Task<IReadOnlyDictionary<TagPlace, Digest>> FindAsync(
        IReadOnlyDictionary<TagPlace, Digest?> expected, CancellationToken cancellationToken)
    {
        Dictionary<TargetTag, Digest?> asked = [];
        foreach ((TagPlace place, Digest? digest) in expected)
        {
            asked[TagAt(place)] = digest;
        }

        IReadOnlyDictionary<TargetTag, Digest> found = await _tags.FindAsync(asked, cancellationToken)
            .ConfigureAwait(false);
        return expected.Keys.Where(place => found.ContainsKey(TagAt(place)))
            .ToDictionary(place => place, place => found[TagAt(place)]);
    }

    private TargetTag TagAt(TagPlace place) => new(_tree.RepositoryOf(place.Path), place.Tag);

    /// <summary>Whether a push may have added a tag by itself.</summary>
    public static bool IsAdded(string path, string tag) => (path == Install && ReleaseChannel.IsChannel(tag))
        || (tag.StartsWith(ReferrersStart, StringComparison.Ordinal) && DiffTags.IsHex(tag[ReferrersStart.Length..]));
}
