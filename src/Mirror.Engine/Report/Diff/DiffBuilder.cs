using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Report.Diff;

/// <summary>
/// Compares two states tag by tag, by the path below an edition: an archive that has another name, or a bundle in
/// another form, changes nothing.
/// </summary>
internal static class DiffBuilder
{
    /// <exception cref="MirrorException">
    /// D8M4201: the sides come from two sources, or one of them has a tag twice.
    /// </exception>
    public static MirrorDiff Compare(DiffSide from, DiffSide to)
    {
        RefuseOtherSource(from, to);
        SortedDictionary<TagPlace, TaggedImage> before = TagsOf(from, to);
        SortedDictionary<TagPlace, TaggedImage> after = TagsOf(to, from);
        ImmutableArray<ChangedImage> added = InOrder(
            from pair in after
            where !before.ContainsKey(pair.Key)
            let now = pair.Value
            select new ChangedImage(now.Archive, now.Path, now.Tag, now.Digest, null));
        ImmutableArray<ChangedImage> moved = InOrder(
            from pair in after
            where before.TryGetValue(pair.Key, out TaggedImage? was) && was.Digest != pair.Value.Digest
            let now = pair.Value
            select new ChangedImage(now.Archive, now.Path, now.Tag, now.Digest, before[pair.Key].Digest));
        ImmutableArray<ChangedImage> gone = InOrder(
            from pair in before
            where !after.ContainsKey(pair.Key)
            let was = pair.Value
            select new ChangedImage(was.Archive, was.Path, was.Tag, null, was.Digest));
        DiffSizes sizes = new(from, to, before, after);
        DiffReleases releases = new(from, to, before, after);
        DiffNotes notes = DiffNotes.Collect(from, to, before, after);
        return new MirrorDiff
        {
            From = new MirrorDiffSide(from.Kind, from.Name, StateId.Compute(from.Images)),
            To = new MirrorDiffSide(to.Kind, to.Name, StateId.Compute(to.Images)),
            Archives = Archives(added, moved, gone, sizes, releases),
            Bytes = sizes.Total(),
            Notes = notes.Notes,
            OmittedNotes = notes.Omitted,
            Requirements = notes.Requirements,
            Added = added,
            Moved = moved,
            Gone = gone,
        };
    }

    /// <summary>
    /// The release images of whose notes a diff makes use: of what is new, and what that is compared with.
    /// </summary>
    public static HashSet<Digest> WantedNotes(DiffSide from, DiffSide to) =>
        DiffNotes.Wanted(TagsOf(from, to), TagsOf(to, from));

    private static SortedDictionary<TagPlace, TaggedImage> TagsOf(DiffSide side, DiffSide other)
    {
        try
        {
            return DiffTags.ByPlace(side.Images.Where(image => !other.Floating.Contains(image.Archive)));
        }
        catch (FormatException exception)
        {
            throw new MirrorException(DiffFaults.Unreadable(side.Kind, side.Name, exception.Message), exception);
        }
    }

    private static void RefuseOtherSource(DiffSide from, DiffSide to)
    {
        if (from.Source is { } first && to.Source is { } second && first != second)
        {
            throw new MirrorException(DiffFaults.OtherSource(from, first, to, second));
        }
    }

    private static ImmutableArray<ChangedImage> InOrder(IEnumerable<ChangedImage> images) =>
    [
        .. images.OrderBy(image => image.Archive, StringComparer.Ordinal)
            .ThenBy(image => image.Path, StringComparer.Ordinal)
            .ThenBy(image => image.Tag, StringComparer.Ordinal),
    ];

    private static ImmutableArray<DiffedArchive> Archives(
        ImmutableArray<ChangedImage> added,
        ImmutableArray<ChangedImage> moved,
        ImmutableArray<ChangedImage> gone,
        DiffSizes sizes,
        DiffReleases releases)
    {
        Dictionary<string, int> additions = CountByArchive(added);
        Dictionary<string, int> moves = CountByArchive(moved);
        Dictionary<string, int> losses = CountByArchive(gone);
        return
        [
            .. additions.Keys.Union(moves.Keys).Union(losses.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name => releases.AddTo(new DiffedArchive(name, sizes.In(name))
                {
                    Added = additions.GetValueOrDefault(name),
                    Moved = moves.GetValueOrDefault(name),
                    Gone = losses.GetValueOrDefault(name),
                })),
        ];
    }

    private static Dictionary<string, int> CountByArchive(ImmutableArray<ChangedImage> images) =>
        images.CountBy(image => image.Archive, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
