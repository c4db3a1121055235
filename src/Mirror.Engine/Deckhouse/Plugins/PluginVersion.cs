using Mirror.Engine.Versions;

namespace Mirror.Engine.Deckhouse.Plugins;

/// <summary>
/// How plugins read versions: <c>v1.2.0-main</c> is a build of 1.2.0, only <c>alpha</c>, <c>beta</c>, <c>rc</c> and
/// their like make a pre-release (docs/behaviour/pull.md#plugin-names-and-versions).
/// </summary>
internal static class PluginVersion
{
    private static readonly ImmutableArray<string> PrereleaseMarks =
        ["alpha", "beta", "rc", "pre", "preview", "snapshot"];

    /// <summary>The stable versions among some tags, newest first.</summary>
    public static ImmutableArray<TaggedVersion> StableNewestFirst(IEnumerable<string> tags) =>
        [.. TaggedVersion.AmongTags(tags).Where(tagged => !IsGenuinePrerelease(tagged.Version)).Reverse()];

    /// <summary>The version as constraints see it: without build metadata and marks that are no pre-release.</summary>
    public static SemanticVersion Normalise(SemanticVersion version) => IsGenuinePrerelease(version)
        ? version.WithoutMetadata()
        : SemanticVersion.Create(version.Major, version.Minor, version.Patch);

    private static bool IsGenuinePrerelease(SemanticVersion version)
    {
        string first = version.Prerelease.Split('.')[0];
        return PrereleaseMarks.Any(mark => first.StartsWith(mark, StringComparison.OrdinalIgnoreCase));
    }
}
