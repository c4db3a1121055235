namespace Mirror.Engine.Versions;

/// <summary>
/// The versions of a default pull beside those the channels name: what lies between rock-solid and alpha
/// (docs/behaviour/pull.md#platform-window). The same under both <see cref="SelectionRules"/>.
/// </summary>
internal static class PlatformWindow
{
    /// <summary>The releases within the window, ascending; both ends belong to it.</summary>
    public static ImmutableArray<TaggedVersion> Between(
        IEnumerable<string> tags,
        SemanticVersion min,
        SemanticVersion max) =>
    [
        .. TaggedVersion.AmongTags(tags)
            .Where(tagged => !tagged.Version.IsPrerelease && tagged.Version >= min && tagged.Version <= max),
    ];

    /// <summary>The latest patch of every minor line within the window, ascending.</summary>
    public static ImmutableArray<TaggedVersion> Select(
        IEnumerable<string> tags,
        SemanticVersion min,
        SemanticVersion max) => VersionSelection.LatestPatchPerMinor(Between(tags, min, max));
}
