namespace Mirror.Engine;

/// <summary>
/// Which targets to compare with what should be there (docs/check.md). Checked whole before a run touches anything; all
/// faults are reported together (D8M1xxx).
/// </summary>
/// <remarks>
/// What should be there is a lock, a bundle, an inventory, or several of them, which must agree (D8M4203). At least one
/// is required (D8M1001).
/// </remarks>
public sealed record MirrorCheckSettings : RegistrySettings
{
    /// <summary>
    /// The target: <c>host[:port]/path</c> of the edition there. Required unless there are <see cref="Targets"/>
    /// (D8M1001).
    /// </summary>
    public RegistryEndpoint Target { get; init; } = new("");

    /// <summary>
    /// Further targets, <c>host[:port]/path</c>, that are reached as <see cref="Target"/> is: by the same connection
    /// settings and login. Each is checked, whatever is wrong with the others. Default: none.
    /// </summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>
    /// Where the stand-alone installer, the CLI and its plugins are. Default <see cref="BareRoot.Auto"/>; a path that
    /// is no repository path is refused (D8M1002).
    /// </summary>
    public BareRoot BareRoot { get; init; } = BareRoot.Auto;

    /// <summary>The folder of a bundle that should be there. A full path (D8M1005). Default: none.</summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// Single archives, besides the folder: <c>.tar</c> files, or any chunk of a set. Full paths (D8M1005). Default:
    /// none.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>A lock that should be there (D8M4101, D8M4102). A full path (D8M1005). Default: none.</summary>
    public string? LockFile { get; init; }

    /// <summary>
    /// An inventory that should be there, such as the receipt of a push (D8M4401). A full path (D8M1005). Default:
    /// none.
    /// </summary>
    public string? InventoryFile { get; init; }

    /// <summary>How far to look. Default <see cref="CheckDepth.Tags"/>.</summary>
    public CheckDepth CheckDepth { get; init; } = CheckDepth.Tags;
}
