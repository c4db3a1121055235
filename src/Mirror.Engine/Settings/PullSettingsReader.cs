namespace Mirror.Engine.Settings;

/// <summary>Replaced by the branch "settings".</summary>
internal static class PullSettingsReader
{
    public static MirrorPullSettings Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyDictionary<string, string> environment) =>
        throw new NotSupportedException($"{values.Count} {environment.Count}");
}
