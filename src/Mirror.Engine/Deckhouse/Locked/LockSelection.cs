using System.Numerics;
using Mirror.Engine.Errors;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Deckhouse.Locked;

/// <summary>
/// The settings that choose images, as a lock records them: only what is set, without ends, logins, folders and limits.
/// Checked settings are wanted: what an include overrides is not among them.
/// </summary>
internal static class LockSelection
{
    /// <summary>The archive that each pull resolves unless databases are locked, too.</summary>
    public const string Databases = "security.tar";

    /// <param name="settings">The settings of a pull.</param>
    /// <param name="modulesPath">The path of modules at the source.</param>
    public static ImmutableSortedDictionary<string, LockedSetting> Find(
        MirrorSelectionSettings settings, string modulesPath)
    {
        Dictionary<string, LockedSetting> selection = [];
        Text("sinceVersion", settings.SinceVersion);
        Text("deckhouseTag", settings.DeckhouseTag);
        Text("includePlatform", settings.IncludePlatform?.ToString());
        Flag("ignoreSuspend", settings.IgnoreSuspend);
        Rules("includeModules", settings.IncludeModules);
        Rules("excludeModules", settings.ExcludeModules);
        Rules("includePackages", settings.IncludePackages);
        Rules("excludePackages", settings.ExcludePackages);
        Rules("includePlugins", settings.IncludePlugins);
        if (settings.Components != MirrorComponents.All)
        {
            selection.Add("components", LockedSetting.Several(
                Enum.GetValues<MirrorComponents>()
                    .Where(component => BitOperations.IsPow2((int)component) && settings.Components.HasFlag(component))
                    .Select(component => $"{component}")));
        }

        Flag("onlyExtraImages", settings.OnlyExtraImages);
        Text(
            "installerTag",
            settings.InstallerTag == MirrorSelectionSettings.LatestInstaller ? "" : settings.InstallerTag);
        Text("deckhouseCliTag", settings.DeckhouseCliTag);
        Flag("skipVexImages", settings.SkipVexImages);
        Flag("proxyRegistry", settings.ProxyRegistry);
        Text("selectionRules", settings.SelectionRules == SelectionRules.V025 ? "" : $"{settings.SelectionRules}");
        Text("modulesPath", modulesPath == "modules" ? "" : $"/{modulesPath}");
        return selection.ToImmutableSortedDictionary(StringComparer.Ordinal);

        void Text(string member, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                selection.Add(member, LockedSetting.One(value));
            }
        }

        void Flag(string member, bool value) => Text(member, value ? "true" : "");

        void Rules(string member, ImmutableArray<ComponentRule> rules)
        {
            if (!rules.IsDefaultOrEmpty)
            {
                selection.Add(member, LockedSetting.Several(rules.Select(rule => $"{rule}")));
            }
        }
    }

    /// <summary>The setting of a member, for messages.</summary>
    public static string SettingOf(string member) => member == "modulesPath"
        ? SettingName.ModulesPathSuffix
        : SettingName.Mark($"{char.ToUpperInvariant(member[0])}{member[1..]}");

    /// <summary>The archives that each pull resolves anew.</summary>
    public static ImmutableArray<string> Floating(MirrorSelectionSettings settings) =>
        !settings.LockDatabases && settings.Components.HasFlag(MirrorComponents.SecurityDb) ? [Databases] : [];
}
