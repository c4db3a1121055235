namespace Mirror.Engine.Versions;

/// <summary>The order in which tags are shown to people.</summary>
internal static class TagOrder
{
    /// <summary>Versions from the newest down, then all other tags in ordinal order.</summary>
    public static ImmutableArray<string> NewestFirst(IEnumerable<string> tags) =>
    [
        .. tags
            .Select(tag => (
                Tag: tag, Version: SemanticVersion.TryParse(tag, out SemanticVersion? version) ? version : null))
            .OrderByDescending(entry => entry.Version)
            .ThenBy(entry => entry.Tag, StringComparer.Ordinal)
            .Select(entry => entry.Tag),
    ];
}
