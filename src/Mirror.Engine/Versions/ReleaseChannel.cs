namespace Mirror.Engine.Versions;

/// <summary>
/// The release channels of Deckhouse; names are tags, case-sensitive (docs/behaviour/pull.md#release-channels).
/// </summary>
internal static class ReleaseChannel
{
    public const string Alpha = "alpha";
    public const string Stable = "stable";
    public const string RockSolid = "rock-solid";
    public const string LongTerm = "lts";

    /// <summary>The channels every edition has, newest first.</summary>
    public static ImmutableArray<string> Default { get; } = [Alpha, "beta", "early-access", Stable, RockSolid];

    /// <summary>The default channels, then the long-term one, which some editions have, or only it.</summary>
    public static ImmutableArray<string> All { get; } = [.. Default, LongTerm];

    public static bool IsChannel(string tag) => All.Contains(tag);
}
