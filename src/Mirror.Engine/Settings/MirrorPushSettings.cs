namespace Mirror.Engine;

/// <summary>
/// Which bundle to push into which registry (docs/settings.md#push). Checked whole before a run touches anything; all
/// faults are reported together (D8M1xxx).
/// </summary>
public sealed record MirrorPushSettings : RegistrySettings
{
    /// <summary>Settings with every default.</summary>
    public MirrorPushSettings()
    {
    }

    /// <summary>The connection of another verb.</summary>
    internal MirrorPushSettings(RegistrySettings connection)
        : base(connection)
    {
    }

    /// <summary>The target: <c>host[:port]/path</c> of the edition there. Required (D8M1001).</summary>
    public RegistryEndpoint Target { get; init; } = new("");

    /// <summary>
    /// The folder of the bundle; it is only read. Required unless there are <see cref="Files"/> (D8M1001). A full path
    /// (D8M1005).
    /// </summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// Single archives, besides the folder: <c>.tar</c> files, or any chunk of a set, which stands for the whole set.
    /// Full paths (D8M1005). Default: none.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>
    /// The lock that the bundle must be equal to (D8M4101, D8M4102, D8M4203), before anything is sent. A
    /// full path (D8M1005). Default: none.
    /// </summary>
    public string? LockFile { get; init; }

    /// <summary>
    /// The diff that was approved: the full path (D8M1005) of its file, or its id. The bundle must be its state after
    /// (D8M4203), and each tag at the target must stand for what it stood for before, or already for what it stands for
    /// after (D8M4202): otherwise nothing is written. A file that cannot be read is D8M4201. Default: none.
    /// </summary>
    public string? Reviewed { get; init; }

    /// <summary>
    /// Where the stand-alone installer, the CLI and its plugins go. Default <see cref="BareRoot.Auto"/>; a path that is
    /// no repository path is refused (D8M1002).
    /// </summary>
    public BareRoot BareRoot { get; init; } = BareRoot.Auto;

    /// <summary>
    /// Check the GOST sums beside the archives before anything is sent (D8M7004 to D8M7007). Default
    /// <see langword="false"/>.
    /// </summary>
    public bool VerifyGostDigest { get; init; }

    /// <summary>
    /// Do not check beforehand whether the target can be written to. Default <see langword="false"/>, or true if the
    /// variable <c>MIRROR_BYPASS_ACCESS_CHECKS</c> is <c>1</c> or <c>true</c>.
    /// </summary>
    public bool SkipAccessCheck { get; init; }

    /// <summary>
    /// The file for the receipt: what was read back from the target (docs/delta.md#inventories). A full path
    /// (D8M1005). Default: none.
    /// </summary>
    public string? InventoryFile { get; init; }

    /// <summary>Accepted because d8 needs it; a push writes no temporary files, and says so (D8M1017).</summary>
    public string? TmpDirectory { get; init; }
}
