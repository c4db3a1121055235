namespace Mirror.Engine;

/// <summary>
/// Of which target to take an inventory (docs/check.md#inventory). Checked whole before a run touches anything; all
/// faults are reported together (D8M1xxx).
/// </summary>
/// <remarks>
/// With a lock, a bundle or both, their tags are looked for, which needs no list of the target. Without, the target is
/// asked for the names and tags below its path.
/// </remarks>
public sealed record MirrorInventorySettings : RegistrySettings
{
    /// <summary>The target: <c>host[:port]/path</c> of the edition there. Required (D8M1001).</summary>
    public RegistryEndpoint Target { get; init; } = new("");

    /// <summary>
    /// Where the stand-alone installer, the CLI and its plugins are. Default <see cref="BareRoot.Auto"/>; a path that
    /// is no repository path is refused (D8M1002).
    /// </summary>
    public BareRoot BareRoot { get; init; } = BareRoot.Auto;

    /// <summary>The file to write. Required (D8M1001). A full path (D8M1005).</summary>
    public string? InventoryFile { get; init; }

    /// <summary>The folder of a bundle whose tags are looked for. A full path (D8M1005). Default: none.</summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// Single archives, besides the folder: <c>.tar</c> files, or any chunk of a set. Full paths (D8M1005). Default:
    /// none.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>
    /// A lock whose tags are looked for (D8M4101, D8M4102). A full path (D8M1005). Default: none.
    /// </summary>
    public string? LockFile { get; init; }

    /// <summary>How far to look. Default <see cref="CheckDepth.Tags"/>.</summary>
    public CheckDepth CheckDepth { get; init; } = CheckDepth.Tags;
}
