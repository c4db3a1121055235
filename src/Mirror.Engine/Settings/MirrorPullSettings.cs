namespace Mirror.Engine;

/// <summary>
/// What to pull, from where, into which bundle (docs/settings.md#pull). Checked whole before a run touches anything;
/// all faults are reported together (D8M1xxx).
/// </summary>
public sealed record MirrorPullSettings : MirrorSelectionSettings
{
    /// <summary>Settings with every default.</summary>
    public MirrorPullSettings()
    {
    }

    /// <summary>The selection of another verb.</summary>
    internal MirrorPullSettings(MirrorSelectionSettings selection)
        : base(selection)
    {
    }

    /// <summary>
    /// The folder of the bundle, a full path (D8M1005, D8M1006). Required for a pull (D8M1001). A plan writes nothing
    /// into it, and without one says what a pull into an empty folder would move.
    /// </summary>
    public string BundleDirectory { get; init; } = "";

    /// <summary>
    /// The size of the chunks that archives are written as (<c>platform.tar.0000.chunk</c> and so on), in bytes; the
    /// last chunk of an archive is what is left. Default 0: archives are not split. 0, or at least 100,000; D8M1003
    /// otherwise.
    /// </summary>
    public long BundleChunkSize { get; init; }

    /// <summary>Write a GOST R 34.11-2012 sum beside each archive. Default <see langword="false"/>.</summary>
    public bool GostDigest { get; init; }

    /// <summary>Replace archives of the same name that another plan made. Default <see langword="false"/>.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Start from scratch: do not continue an interrupted pull, and take nothing from the archives in the folder.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool NoPullResume { get; init; }

    /// <summary>
    /// The diff that was approved: the full path (D8M1005) of its file, or its id. A pull or plan must come out at its
    /// state after, or nothing is written (D8M4203); a file that cannot be read is D8M4201. Default: none.
    /// </summary>
    public string? Reviewed { get; init; }

    /// <summary>
    /// What the target of the bundle has already: inventories, locks and folders of bundles, all of them together.
    /// Layers that are there in the same repository are left out of the bundle, which is a delta then
    /// (docs/delta.md). Full paths (D8M1005) of this source (D8M4401, D8M4402). Default: none, a full bundle.
    /// </summary>
    public ImmutableArray<string> DeltaBases { get; init; } = [];

    /// <summary>
    /// Which of <see cref="DeltaBases"/> to use, by its state id or the first 12 digits of it or more, as the other
    /// side says it; one that no base has is refused (D8M4401). Needs bases (D8M1004). Default: all of them.
    /// </summary>
    public string? DeltaBaseId { get; init; }

    /// <summary>
    /// The file for the prediction: what a target holds after a push of the bundle, as far as this side can tell
    /// (docs/delta.md#inventories). A full path (D8M1005), none of <see cref="DeltaBases"/> (D8M1004). Default: none.
    /// </summary>
    public string? InventoryFile { get; init; }

    /// <summary>The form of the bundle. Default <see cref="BundleFormat.PathPreserving"/>.</summary>
    public BundleFormat BundleFormat { get; init; } = BundleFormat.PathPreserving;
}
