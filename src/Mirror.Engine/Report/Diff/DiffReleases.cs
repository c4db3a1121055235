using Mirror.Engine.Plan;
using Mirror.Engine.Versions;

namespace Mirror.Engine.Report.Diff;

/// <summary>Versions and channels of archives, before and after: what a release manager reads first.</summary>
internal sealed class DiffReleases
{
    /// <summary>How much of a digest stands for a channel whose version nobody knows.</summary>
    private const int ShownLetters = 19;

    private readonly DiffSide _from;
    private readonly DiffSide _to;
    private readonly ILookup<string, TaggedImage> _before;
    private readonly ILookup<string, TaggedImage> _after;

    public DiffReleases(
        DiffSide from,
        DiffSide to,
        SortedDictionary<TagPlace, TaggedImage> before,
        SortedDictionary<TagPlace, TaggedImage> after)
    {
        (_from, _to) = (from, to);
        _before = Named(before);
        _after = Named(after);
    }

    /// <summary>The archive with its versions and channels.</summary>
    public DiffedArchive AddTo(DiffedArchive archive)
    {
        TaggedImage[] before = [.. _before[archive.Name]];
        TaggedImage[] after = [.. _after[archive.Name]];
        string[] paths = [.. before.Concat(after).Select(image => image.Path).Distinct(StringComparer.Ordinal)];
        string[] uppermost = [.. paths.Where(path => !paths.Any(other => IsBelow(path, other)))];
        HashSet<string> was = VersionsIn(before, uppermost);
        HashSet<string> now = VersionsIn(after, uppermost);
        return archive with
        {
            VersionsAdded = TagOrder.NewestFirst(now.Except(was)),
            VersionsGone = TagOrder.NewestFirst(was.Except(now)),
            Channels =
            [
                .. ReleaseChannel.All
                    .SelectMany(channel => paths, (channel, path) => new TagPlace(path, channel))
                    .Select(place => Channel(place, before, after))
                    .OfType<DiffedChannel>()
                    .DistinctBy(channel => channel.Name, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>Tags that are named by their own digest are of no release.</summary>
    private static ILookup<string, TaggedImage> Named(SortedDictionary<TagPlace, TaggedImage> images) => images.Values
        .Where(image => !DiffTags.IsHex(image.Tag) && !DiffTags.IsAttestation(image.Tag))
        .ToLookup(image => image.Archive, StringComparer.Ordinal);

    /// <summary>An archive of several uppermost repositories, as of databases, has no release of its own.</summary>
    private static HashSet<string> VersionsIn(TaggedImage[] images, string[] uppermost) => uppermost is not [var main]
        ? []
        : [.. images.Where(image => image.Path == main && DiffTags.IsVersion(image.Tag)).Select(image => image.Tag)];

    private DiffedChannel? Channel(TagPlace place, TaggedImage[] before, TaggedImage[] after)
    {
        TaggedImage? was = Find(before, place);
        TaggedImage? now = Find(after, place);
        return was?.Digest == now?.Digest ? null : new DiffedChannel(
            place.Tag, was is null ? null : VersionOf(was, before), now is null ? null : VersionOf(now, after));
    }

    private static TaggedImage? Find(TaggedImage[] images, TagPlace place) =>
        images.FirstOrDefault(image => image.Path == place.Path && image.Tag == place.Tag);

    /// <summary>The version that has the same image in the same repository, or what the image says.</summary>
    private string VersionOf(TaggedImage channel, TaggedImage[] images) =>
        images.FirstOrDefault(image => image.Path == channel.Path && image.Digest == channel.Digest
            && DiffTags.IsVersion(image.Tag))?.Tag
        ?? (_from.Notes.GetValueOrDefault(channel.Digest) ?? _to.Notes.GetValueOrDefault(channel.Digest))?.Version
        ?? channel.Digest.ToString()[..ShownLetters];

    private static bool IsBelow(string path, string other) =>
        path != other && (other.Length == 0 || path.StartsWith(other + "/", StringComparison.Ordinal));
}
