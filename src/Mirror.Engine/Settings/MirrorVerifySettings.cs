namespace Mirror.Engine;

/// <summary>
/// Which bundle to verify: archives whole, every digest true, every image complete (docs/settings.md#verify).
/// </summary>
public sealed record MirrorVerifySettings : MirrorSettings
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

    /// <summary>
    /// The lock that the bundle must be equal to (D8M4101, D8M4102, D8M4203). A full path (D8M1005).
    /// Default: none.
    /// </summary>
    public string? LockFile { get; init; }
}
