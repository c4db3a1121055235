namespace Mirror.TestKit.Mini;

/// <summary>The release channels of the miniature source, with the versions they stand for.</summary>
public static class MiniChannels
{
    /// <summary>Channel by version, from the newest to the oldest.</summary>
    public static IReadOnlyDictionary<string, string> ByVersion { get; } = new Dictionary<string, string>
    {
        ["v1.72.1"] = "alpha",
        ["v1.71.0"] = "beta",
        ["v1.70.2"] = "early-access",
        ["v1.69.4"] = "stable",
        ["v1.68.9"] = "rock-solid",
    };
}
