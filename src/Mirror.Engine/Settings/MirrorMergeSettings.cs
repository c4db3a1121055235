namespace Mirror.Engine;

/// <summary>
/// Which bundles to make one full bundle of (docs/delta.md#merge). Checked whole before a run touches anything; all
/// faults are reported together (D8M1xxx).
/// </summary>
public sealed record MirrorMergeSettings : MirrorSettings
{
    /// <summary>
    /// The folders to merge, in any order: the delta to complete, and the bundles and deltas before it. They are only
    /// read. Required (D8M1001). Full paths (D8M1005).
    /// </summary>
    public ImmutableArray<string> MergeFrom { get; init; } = [];

    /// <summary>
    /// The folder of the full bundle, none of <see cref="MergeFrom"/> (D8M1004). Required (D8M1001). A full path
    /// (D8M1005).
    /// </summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// The lock that the full bundle must be equal to (D8M4101, D8M4102, D8M4105), before anything is written. A full
    /// path (D8M1005). Default: none.
    /// </summary>
    public string? LockFile { get; init; }

    /// <summary>Write a GOST R 34.11-2012 sum beside each archive. Default <see langword="false"/>.</summary>
    public bool GostDigest { get; init; }

    /// <summary>Replace archives of the same name that another plan made. Default <see langword="false"/>.</summary>
    public bool Force { get; init; }
}
