namespace Cake.DeckhouseMirror;

/// <summary>
/// Which bundles to make one full bundle of (docs/delta.md). Relative paths start from Cake's working directory. All
/// that is wrong is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorMergeSettings : D8MirrorSettings;
