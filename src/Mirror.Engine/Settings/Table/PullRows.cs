using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>What to take from a source, and how a pull writes it.</summary>
internal static class PullRows
{
    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Text, "D8MirrorSinceVersion", "SinceVersion",
            "The oldest platform release wanted; ignored, with a warning, when above the release of rock-solid.",
            (settings, value) => settings with { SinceVersion = value })
            with { Flag = "--since-version", Range = "a version, e.g. 1.69.0; excludes D8MirrorDeckhouseTag" },

        Row(TextKinds.Text, "D8MirrorDeckhouseTag", "DeckhouseTag",
            "One platform release: a channel, a version or any build tag.",
            (settings, value) => settings with { DeckhouseTag = value })
            with { Flag = "--deckhouse-tag", DefaultNote = "rock-solid to alpha", Range = "a tag" },

        Row(TextKinds.Constraint, "D8MirrorIncludePlatform", "IncludePlatform",
            "Which platform releases, as a version constraint: every match, and the channels whose release matches.",
            (settings, value) => settings with { IncludePlatform = value })
            with { Flag = "--include-platform", Range = "excludes D8MirrorSinceVersion and D8MirrorDeckhouseTag" },

        Row(TextKinds.Boolean, "D8MirrorIgnoreSuspend", "IgnoreSuspend",
            "Treat suspended release channels as any other.",
            (settings, value) => settings with { IgnoreSuspend = value })
            with { Flag = "--ignore-suspend", Default = "false" },

        Row(TextKinds.Rules, "D8MirrorIncludeModule", "IncludeModules",
            "Modules to pull: name, with Version or as name@constraint. A range, such as `~1.2.0`, selects every match "
                + "in addition to the release channels; a bare version means `^`; `=v1.2.0` selects that tag alone.",
            (settings, value) => settings with { IncludeModules = value })
            with { Flag = "--include-module", DefaultNote = "every module" },

        Row(TextKinds.Rules, "D8MirrorExcludeModule", "ExcludeModules",
            "Modules to leave out; ignored, with a warning, where modules are included.",
            (settings, value) => settings with { ExcludeModules = value })
            with { Flag = "--exclude-module" },

        Row(TextKinds.Rules, "D8MirrorIncludePackage", "IncludePackages",
            "Packages to pull, by the same rules as modules.",
            (settings, value) => settings with { IncludePackages = value })
            with { Flag = "--include-package", DefaultNote = "every package" },

        Row(TextKinds.Rules, "D8MirrorExcludePackage", "ExcludePackages",
            "Packages to leave out.",
            (settings, value) => settings with { ExcludePackages = value })
            with { Flag = "--exclude-package" },

        Row(TextKinds.Rules, "D8MirrorIncludePlugin", "IncludePlugins",
            "CLI plugins to pull besides those of the platform and its modules.",
            (settings, value) => settings with { IncludePlugins = value })
            with { Flag = "--include-plugin", Range = "excludes D8MirrorOnlyExtraImages" },

        Without(MirrorComponents.Platform, "D8MirrorNoPlatform", "--no-platform", "Leave out the platform."),
        Without(MirrorComponents.SecurityDb, "D8MirrorNoSecurityDb", "--no-security-db",
            "Leave out the security databases."),
        Without(MirrorComponents.Modules, "D8MirrorNoModules", "--no-modules",
            "Leave out modules; ignored, with a warning, where modules are included."),
        Without(MirrorComponents.Packages, "D8MirrorNoPackages", "--no-packages",
            "Leave out packages, package-versions.tar among them."),
        Without(MirrorComponents.Installer, "D8MirrorNoInstaller", "--no-installer",
            "Leave out the stand-alone installer."),
        Without(MirrorComponents.Plugins, "D8MirrorNoPlugins", "",
            "Leave out CLI plugins; those that are included are pulled all the same, with a warning."),

        Without(MirrorComponents.DeckhouseCli, "D8MirrorNoDeckhouseCli", "", "Leave out the Deckhouse CLI (d8)."),

        Row(TextKinds.Boolean, "D8MirrorOnlyExtraImages", "OnlyExtraImages",
            "Of modules and packages pull only their extra images.",
            (settings, value) => settings with { OnlyExtraImages = value })
            with { Flag = "--only-extra-images", Default = "false" },

        Row(TextKinds.Text, "D8MirrorInstallerTag", "InstallerTag",
            "The tag of the stand-alone installer.",
            (settings, value) => settings with { InstallerTag = value })
            with { Flag = "--installer-tag", Default = "latest", Range = "a tag" },

        Row(TextKinds.Text, "D8MirrorDeckhouseCliTag", "DeckhouseCliTag",
            "The tag of the Deckhouse CLI (d8).",
            (settings, value) => settings with { DeckhouseCliTag = value })
            with { DefaultNote = "the newest stable version", Range = "a tag; excludes D8MirrorOnlyExtraImages" },

        Row(TextKinds.Boolean, "D8MirrorSkipVexImages", "SkipVexImages",
            "Leave out VEX attestations.",
            (settings, value) => settings with { SkipVexImages = value })
            with { Flag = "--skip-vex-images", Default = "false" },

        Row(TextKinds.Boolean, "D8MirrorProxyRegistry", "ProxyRegistry",
            "The source cannot list tags; probe for versions instead.",
            (settings, value) => settings with { ProxyRegistry = value })
            with { Flag = "--proxy-registry", Default = "false" },

        Row(TextKinds.Choice<SelectionRules>(), "D8MirrorSelectionRules", "SelectionRules",
            "What a constraint selects: every match, as d8 0.25.2 (V025), or of each minor line the latest match and "
                + "what `>=` and `<=` name, as d8 0.33 (V033).",
            (settings, value) => settings with { SelectionRules = value })
            with { Default = nameof(SelectionRules.V025), Range = "V025 or V033" },

        Row(TextKinds.Names, "D8MirrorLockUpdate", "LockUpdate",
            "The parts of a lock to resolve anew, by archive: `platform`, `module-console`. What follows from them is "
                + "resolved, too; everything else stays as it is locked.",
            (settings, value) => settings with { LockUpdate = value })
            with { DefaultNote = "everything", Verbs = SettingVerbs.Lock | SettingVerbs.LockCheck },

        Row(TextKinds.Boolean, "D8MirrorLockDatabases", "LockDatabases",
            "Lock the security databases, too. They change several times a day, and their old images disappear.",
            (settings, value) => settings with { LockDatabases = value })
            with { Default = "false", Verbs = SettingVerbs.LikePull | SettingVerbs.Sync },

        .. BundleRows.All,
    ];

    private static SettingRow Without(MirrorComponents component, string name, string flag, string help) =>
        Row(
            TextKinds.Removal, name, nameof(MirrorSelectionSettings.Components), help,
            (settings, value) => Remove(settings, component, value), SettingName.MemberWithout($"{component}"))
        with
        { Flag = flag, Default = "false" };

    private static MirrorSelectionSettings Remove(
        MirrorSelectionSettings settings, MirrorComponents component, bool isRemoved) =>
        isRemoved ? settings with { Components = settings.Components & ~component } : settings;

    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help,
        Func<MirrorSelectionSettings, T, MirrorSelectionSettings> apply,
        string? reference = null) =>
        SettingRow.Create(kind, name, member, help, apply, reference) with
        {
            Verbs = SettingVerbs.LikePull | SettingVerbs.Sync | SettingVerbs.Diff,
        };
}
