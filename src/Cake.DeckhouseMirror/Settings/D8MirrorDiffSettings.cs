namespace Cake.DeckhouseMirror;

/// <summary>
/// Which two states to compare (docs/review.md). Relative paths start from Cake's working directory. All that is wrong
/// is reported together, before the run touches anything (D8M1xxx).
/// </summary>
public sealed partial class D8MirrorDiffSettings : D8MirrorSelectionSettings;
