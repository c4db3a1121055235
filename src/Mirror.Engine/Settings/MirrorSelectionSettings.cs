using System.Text;

namespace Mirror.Engine;

/// <summary>What to take out of a Deckhouse source, for the verbs that read one (docs/settings.md#pull).</summary>
public abstract record MirrorSelectionSettings : RegistrySettings
{
    private protected MirrorSelectionSettings()
    {
    }

    /// <summary>The edition of the Deckhouse registry that is read when nothing else is said.</summary>
    public const string DefaultSource = "registry.deckhouse.ru/deckhouse/ee";

    internal const string LatestInstaller = "latest";

    /// <summary>The source: <c>host[:port]/path</c> of an edition. Default <see cref="DefaultSource"/>.</summary>
    public RegistryEndpoint Source { get; init; } = new(DefaultSource);

    /// <summary>
    /// The Deckhouse licence token: logs in as <c>license-token</c>. Default: the variable
    /// <c>D8_MIRROR_LICENSE_TOKEN</c>.
    /// </summary>
    public string? LicenseToken { get; init; }

    /// <summary>
    /// The oldest platform release wanted. Ignored, with a warning, when above the release of rock-solid. Excludes
    /// <see cref="DeckhouseTag"/> (D8M1004).
    /// </summary>
    public string? SinceVersion { get; init; }

    /// <summary>One platform release: a channel, a version or any build tag. Default: rock-solid to alpha.</summary>
    public string? DeckhouseTag { get; init; }

    /// <summary>
    /// Which platform releases, as constraint: every match, and the channels whose release matches. Excludes both
    /// settings above (D8M1004).
    /// </summary>
    public VersionConstraint? IncludePlatform { get; init; }

    /// <summary>Treat suspended release channels as any other. Default <see langword="false"/>.</summary>
    public bool IgnoreSuspend { get; init; }

    /// <summary>
    /// Modules to pull: <c>name</c> or <c>name@constraint</c>. A range, such as <c>~1.2.0</c>, selects every match in
    /// addition to the release channels; a bare version means <c>^</c>; <c>=v1.2.0</c> selects that tag alone
    /// (docs/settings.md). Default: every module.
    /// </summary>
    public ImmutableArray<ComponentRule> IncludeModules { get; init; } = [];

    /// <summary>Modules to leave out. Ignored, with a warning, where an include is given. Default: none.</summary>
    public ImmutableArray<ComponentRule> ExcludeModules { get; init; } = [];

    /// <summary>Packages to pull. Default: every package.</summary>
    public ImmutableArray<ComponentRule> IncludePackages { get; init; } = [];

    /// <summary>Packages to leave out. Default: none.</summary>
    public ImmutableArray<ComponentRule> ExcludePackages { get; init; } = [];

    /// <summary>
    /// CLI plugins to pull besides those of the platform and its modules: without a constraint the newest stable
    /// version, by a range the newest that satisfies it. They are pulled also where <see cref="Components"/> leaves
    /// plugins out, with a warning. Excludes <see cref="OnlyExtraImages"/> (D8M1004). Default: none.
    /// </summary>
    public ImmutableArray<ComponentRule> IncludePlugins { get; init; } = [];

    /// <summary>What to pull at all. Default: everything.</summary>
    public MirrorComponents Components { get; init; } = MirrorComponents.All;

    /// <summary>Of modules and packages pull only their extra images. Default <see langword="false"/>.</summary>
    public bool OnlyExtraImages { get; init; }

    /// <summary>The tag of the stand-alone installer. Default <c>latest</c>.</summary>
    public string InstallerTag { get; init; } = LatestInstaller;

    /// <summary>
    /// The tag of the Deckhouse CLI (<c>d8</c>). Default: the newest stable version; behind a
    /// <see cref="ProxyRegistry"/> none, with a warning. Excludes <see cref="OnlyExtraImages"/> (D8M1004).
    /// </summary>
    public string? DeckhouseCliTag { get; init; }

    /// <summary>Leave out VEX attestations (<c>sha256-*.att</c>). Default <see langword="false"/>.</summary>
    public bool SkipVexImages { get; init; }

    /// <summary>
    /// The source cannot list tags; ask for one version after the other instead. Then <see cref="IncludePlatform"/>,
    /// <see cref="IncludeModules"/> with versions and <see cref="IncludePackages"/> are required unless left out
    /// (D8M1018, D8M1019, D8M1020). Default <see langword="false"/>.
    /// </summary>
    public bool ProxyRegistry { get; init; }

    /// <summary>How constraints select versions. Default <see cref="SelectionRules.V025"/>.</summary>
    public SelectionRules SelectionRules { get; init; } = SelectionRules.V025;

    /// <summary>
    /// Where metadata layers are kept while planning. Default of a pull: <c>.tmp</c> in the bundle's folder; of a plan,
    /// which removes what it wrote: the temporary folder (<c>TMPDIR</c>, <c>TEMP</c>, <c>TMP</c> or <c>/tmp</c>); of a
    /// sync: <c>d8mirror</c> in the user's cache folder (<c>XDG_CACHE_HOME</c>, <c>HOME/.cache</c> or
    /// <c>LOCALAPPDATA</c>, D8M1001 without any). A full path (D8M1005).
    /// </summary>
    public string? TmpDirectory { get; init; }

    /// <summary>
    /// The lock: a pull, plan or sync takes exactly what it says (D8M4101 to D8M4105), and resolves no tag. Locking
    /// writes it, checking a lock reads it; both require it (D8M1001). A full path (D8M1005). Default: none.
    /// </summary>
    public string? LockFile { get; init; }

    /// <summary>
    /// The parts of a lock to resolve anew, by the names of archives, with or without <c>.tar</c>: <c>platform</c>,
    /// <c>module-console</c> (D8M4106). What follows from them is resolved, too; everything else stays as it is locked.
    /// Only locking and checking a lock use it. Default: everything.
    /// </summary>
    public ImmutableArray<string> LockUpdate { get; init; } = [];

    /// <summary>
    /// Lock the security databases, too. Default <see langword="false"/>: they are resolved by each pull.
    /// </summary>
    public bool LockDatabases { get; init; }

    // A record prints every member by default. This prints what identifies a run, and never the licence.
    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Source = ").Append(Source)
            .Append(", LicenseToken = ").Append(LicenseToken is null ? "none" : "***")
            .Append(", Components = ").Append(Components)
            .Append(", ");
        return base.PrintMembers(builder);
    }
}
