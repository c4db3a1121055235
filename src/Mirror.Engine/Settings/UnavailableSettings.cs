using System.Collections.Immutable;

namespace Mirror.Engine.Settings;

/// <summary>Settings that this version refuses (D8M1013), because ignoring them would make a wrong bundle.</summary>
internal static class UnavailableSettings
{
    public static ImmutableArray<UnavailableSetting> All { get; } =
    [
        new("ProxyRegistry", settings => settings is MirrorPullSettings { ProxyRegistry: true },
            "Remove it, and pull from a registry that can list tags."),
    ];

    /// <summary>Adds a fault for each that is asked for.</summary>
    public static void Refuse(MirrorSettings settings, SettingsFaults faults)
    {
        foreach (UnavailableSetting setting in All.Where(setting => setting.IsUsed(settings)))
        {
            faults.GiveUp(setting.Member, SettingFault.Unavailable(setting.Label, setting.Advice));
        }
    }
}
