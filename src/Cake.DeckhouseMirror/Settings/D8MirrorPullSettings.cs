namespace Cake.DeckhouseMirror;

/// <summary>
/// What to pull, from where, into which bundle (docs/cake-settings.md). Relative paths start from Cake's working
/// directory. All that is wrong is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorPullSettings : D8MirrorSelectionSettings;
