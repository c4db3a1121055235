namespace Cake.DeckhouseMirror;

/// <summary>
/// Of which target to take an inventory (docs/check.md). Relative paths start from Cake's working directory. All that
/// is wrong is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorInventorySettings : D8MirrorRegistrySettings;
