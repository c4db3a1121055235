namespace Mirror.Engine;

/// <summary>
/// What to copy from a Deckhouse source straight into a registry, without a bundle: what a pull selects, pushed as a
/// push does (docs/settings.md#sync). Checked whole before a run touches anything; all faults are reported together
/// (D8M1xxx).
/// </summary>
/// <remarks>
/// Each end has its own login: <see cref="RegistrySettings.Credential"/>, which does not say for which end it is, is
/// refused (D8M1004).
/// </remarks>
public sealed record MirrorSyncSettings : MirrorSelectionSettings
{
    /// <summary>The target: <c>host[:port]/path</c> of the edition there. Required (D8M1001).</summary>
    public RegistryEndpoint Target { get; init; } = new("");

    /// <summary>
    /// Where the stand-alone installer, the CLI and its plugins go. Default <see cref="BareRoot.Auto"/>; a path that is
    /// no repository path is refused (D8M1002).
    /// </summary>
    public BareRoot BareRoot { get; init; } = BareRoot.Auto;

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
}
