namespace Mirror.Engine;

/// <summary>
/// Which two states to compare (docs/review.md): files, bundles, what a pull would take now, or what a registry holds
/// now. Checked whole before a run touches anything; all faults are reported together (D8M1xxx).
/// </summary>
/// <remarks>
/// Source and selection are used where a side is <see cref="SourceSide"/>, the target where one is
/// <see cref="TargetSide"/>. Where both are, each end has its own login: <see cref="RegistrySettings.Credential"/> is
/// refused (D8M1004).
/// </remarks>
public sealed record MirrorDiffSettings : MirrorSelectionSettings
{
    /// <summary>The side that is what a pull with these settings would take now: <c>source</c>.</summary>
    public const string SourceSide = "source";

    /// <summary>
    /// The side that is what <see cref="Target"/> holds now of what the other side has: <c>target</c>.
    /// </summary>
    public const string TargetSide = "target";

    /// <summary>
    /// The state before: <see cref="SourceSide"/>, <see cref="TargetSide"/>, or the full path (D8M1005) of a lock,
    /// inventory, plan or report in JSON, or of the folder of a bundle (D8M4201). Required (D8M1001).
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>The state after, in the same words. Required (D8M1001).</summary>
    public string To { get; init; } = "";

    /// <summary>
    /// The target: <c>host[:port]/path</c> of the edition there. Required where a side is <see cref="TargetSide"/>
    /// (D8M1001).
    /// </summary>
    public RegistryEndpoint Target { get; init; } = new("");

    /// <summary>
    /// Where the stand-alone installer, the CLI and its plugins are at the target. Default
    /// <see cref="BareRoot.Auto"/>; a path that is no repository path is refused (D8M1002).
    /// </summary>
    public BareRoot BareRoot { get; init; } = BareRoot.Auto;

    /// <summary>
    /// The form of the bundle that a pull would write, which decides what fits into it. Default
    /// <see cref="BundleFormat.PathPreserving"/>.
    /// </summary>
    public BundleFormat BundleFormat { get; init; } = BundleFormat.PathPreserving;
}
