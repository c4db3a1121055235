using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Settings;

/// <summary>Images of the miniature source that rows name, as <see cref="SelectionOutcome"/> writes them.</summary>
internal static class SelectionImages
{
    public const string Channels = "alpha beta early-access rock-solid stable";
    public const string WithLongTerm = "alpha beta early-access lts rock-solid stable";

    public static ImmutableArray<string> Databases(string edition) =>
    [
        $"security.tar {edition}/security/trivy-bdu: 1",
        $"security.tar {edition}/security/trivy-checks: 0",
        $"security.tar {edition}/security/trivy-db: 2",
        $"security.tar {edition}/security/trivy-java-db: 1",
    ];

    public static ImmutableArray<string> Releases(string edition, string versions, string channels, int components) =>
    [
        $"platform.tar {edition}/install-standalone: {versions}",
        $"platform.tar {edition}/install: {versions}",
        $"platform.tar {edition}/release-channel: {$"{channels} {versions}".TrimStart()}",
        $"platform.tar {edition}: {versions} {components} by digest",
    ];
}
