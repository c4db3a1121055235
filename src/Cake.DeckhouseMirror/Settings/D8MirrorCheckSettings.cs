namespace Cake.DeckhouseMirror;

/// <summary>
/// Which targets to compare with what should be there (docs/check.md). Relative paths start from Cake's working
/// directory. All that is wrong is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorCheckSettings : D8MirrorRegistrySettings;
