namespace Mirror.Engine.Versions;

/// <summary>
/// From constraints and the tags a registry has to the tags to pull (docs/behaviour/pull.md#selecting-versions).
/// </summary>
internal static class VersionSelection
{
    /// <summary>Whether the tag list is needed at all: an exact tag is wanted whether it is listed or not.</summary>
    public static bool NeedsTags(ImmutableArray<VersionConstraint> constraints) =>
        constraints.Any(constraint => !constraint.IsExact);

    /// <summary>Whether the release channels are wanted too: always, unless only exact tags are named.</summary>
    public static bool FollowsChannels(ImmutableArray<VersionConstraint> constraints) =>
        constraints.IsEmpty || NeedsTags(constraints);

    /// <summary>
    /// The tags that several constraints select together, each tag once: constraint by constraint, in a constraint
    /// ascending. Without constraints none: the channels decide.
    /// </summary>
    public static ImmutableArray<string> Resolve(
        ImmutableArray<VersionConstraint> constraints,
        IEnumerable<string> tags,
        SelectionRules rules)
    {
        ImmutableArray<TaggedVersion> known = NeedsTags(constraints) ? TaggedVersion.AmongTags(tags) : [];
        return
        [
            .. constraints
                .SelectMany(constraint => constraint.IsExact
                    ? [constraint.Tag]
                    : Select(constraint, known, rules).Select(tagged => tagged.Tag))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The highest release of every minor line, ascending. Where a pre-release is newer, it comes along: it is here
    /// because a constraint asked for pre-releases, but it must not push the release out
    /// (docs/behaviour/pull.md#pre-releases).
    /// </summary>
    public static ImmutableArray<TaggedVersion> LatestPatchPerMinor(IEnumerable<TaggedVersion> versions) =>
    [
        .. versions
            .GroupBy(tagged => (tagged.Version.Major, tagged.Version.Minor))
            .SelectMany(line => new[]
            {
                line.Where(tagged => !tagged.Version.IsPrerelease).MaxBy(tagged => tagged.Version),
                line.MaxBy(tagged => tagged.Version),
            })
            .OfType<TaggedVersion>()
            .Distinct()
            .OrderBy(tagged => tagged.Version),
    ];

    private static IEnumerable<TaggedVersion> Select(
        VersionConstraint constraint,
        ImmutableArray<TaggedVersion> known,
        SelectionRules rules)
    {
        ImmutableArray<TaggedVersion> matched =
            [.. known.Where(tagged => constraint.Admits(tagged.Version, rules))];
        if (rules == SelectionRules.V025)
        {
            return matched;
        }

        ImmutableArray<SemanticVersion> anchors = constraint.Anchors;
        return LatestPatchPerMinor(matched)
            .Union(matched.Where(tagged => anchors.Contains(tagged.Version)))
            .OrderBy(tagged => tagged.Version);
    }
}
