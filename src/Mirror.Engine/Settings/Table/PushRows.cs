using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>How a target is written.</summary>
internal static class PushRows
{
    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Root, "D8MirrorBareRoot", "BareRoot",
            "Where the stand-alone installer, the Deckhouse CLI and its plugins go; Auto takes an edition off the "
                + "target's path.",
            (settings, value) => settings switch
            {
                MirrorPushSettings push => push with { BareRoot = value },
                MirrorSyncSettings sync => sync with { BareRoot = value },
                MirrorDiffSettings diff => diff with { BareRoot = value },
                MirrorInventorySettings inventory => inventory with { BareRoot = value },
                MirrorCheckSettings check => check with { BareRoot = value },
                _ => settings,
            })
            with
            {
                Default = $"{BareRoot.Auto}",
                Range = "Auto, Target or a repository path",
                Verbs = SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff | SettingVerbs.Inventory
                    | SettingVerbs.Check,
            },

        SettingRow.Create(TextKinds.Boolean, "D8MirrorVerifyGostDigest", "VerifyGostDigest",
            "Check the GOST sums beside the archives before anything is sent.",
            (MirrorPushSettings settings, bool value) => settings with { VerifyGostDigest = value })
            with { Default = "false", Verbs = SettingVerbs.Push },

        Row(TextKinds.Boolean, "D8MirrorSkipAccessCheck", "SkipAccessCheck",
            "Do not check beforehand whether the target can be written to.",
            (settings, value) => settings switch
            {
                MirrorPushSettings push => push with { SkipAccessCheck = value },
                MirrorSyncSettings sync => sync with { SkipAccessCheck = value },
                _ => settings,
            })
            with { Default = "false", Variables = [EndNames.BypassVariable] },
    ];

    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help,
        Func<MirrorSettings, T, MirrorSettings> apply) =>
        SettingRow.Create(kind, name, member, help, apply) with
        {
            Verbs = SettingVerbs.Push | SettingVerbs.Sync,
        };
}
