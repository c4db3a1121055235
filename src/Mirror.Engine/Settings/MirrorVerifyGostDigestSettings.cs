namespace Mirror.Engine;

/// <summary>
/// Which GOST sums to verify: the <c>.gostsum</c> files beside archives (docs/settings.md#verify).
/// </summary>
public sealed record MirrorVerifyGostDigestSettings : MirrorSettings
{
    /// <summary>
    /// The folder of the bundle; it is only read. Required unless there are <see cref="Files"/> (D8M1001). A full path
    /// (D8M1005).
    /// </summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// Single archives, besides the folder: <c>.tar</c> files, or any chunk of a set, which stands for the whole set.
    /// Full paths (D8M1005). Default: none.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];
}
