using System.Collections.Frozen;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>Every setting, once. Rows keep the order in which documents show them and faults are reported.</summary>
internal static class SettingsTable
{
    /// <summary>What every name begins with; other front ends have another prefix, or none.</summary>
    public const string Prefix = "D8Mirror";

    public static ImmutableArray<SettingRow> Rows { get; } =
    [
        .. EndRows.Source, .. EndRows.Target, .. ConnectionRows.All, .. BundleFileRows.All, .. PullRows.All,
        .. PushRows.All, .. ReviewRows.All, .. DeltaRows.All,
    ];

    /// <summary>Properties that would hold a secret: setting one is a fault.</summary>
    public static ImmutableArray<ForbiddenSecret> ForbiddenSecrets { get; } =
    [
        new("D8MirrorPassword", EndNames.Source.PasswordVariable),
        new("D8MirrorSourcePassword", EndNames.Source.PasswordVariable),
        new("D8MirrorRegistryPassword", EndNames.Target.PasswordVariable),
        new("D8MirrorLicense", EndNames.LicenseVariable),
        new("D8MirrorLicenseToken", EndNames.LicenseVariable),
        new("D8MirrorClientKey", EndNames.Source.ClientKeyVariable),
        new("D8MirrorClientKeyPassword", EndNames.Source.ClientKeyPasswordVariable),
        new("D8MirrorSourceClientKey", EndNames.Source.ClientKeyVariable),
        new("D8MirrorSourceClientKeyPassword", EndNames.Source.ClientKeyPasswordVariable),
        new("D8MirrorTargetClientKey", EndNames.Target.ClientKeyVariable),
        new("D8MirrorTargetClientKeyPassword", EndNames.Target.ClientKeyPasswordVariable),
    ];

    private static FrozenDictionary<string, SettingRow> ByName { get; } =
        Rows.ToFrozenDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, SettingRow> ByReference { get; } =
        Rows.ToFrozenDictionary(row => row.Reference, StringComparer.Ordinal);

    public static IEnumerable<SettingRow> RowsFor(SettingVerbs verb) => Rows.Where(row => row.Verbs.HasFlag(verb));

    public static SettingRow? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name that a build file has for what a fault calls by its member.</summary>
    public static string NameOf(string member) =>
        member == nameof(MirrorSelectionSettings.Components) ? "D8MirrorNo*"
        : ByReference.TryGetValue(member, out SettingRow? row) ? row.Name
        : member;

    /// <summary>The properties or items that set what a fault calls by its member.</summary>
    public static IEnumerable<string> NamesOf(string member) =>
        member == nameof(MirrorSelectionSettings.Components)
            ? Rows.Where(row => row.Kind == SettingKind.Removal).Select(row => row.Name)
            : [NameOf(member)];
}
