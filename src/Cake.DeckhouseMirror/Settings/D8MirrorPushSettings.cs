namespace Cake.DeckhouseMirror;

/// <summary>
/// Which bundle to push into which registry (docs/cake-settings.md). Relative paths start from Cake's working
/// directory. All that is wrong is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorPushSettings : D8MirrorRegistrySettings;
