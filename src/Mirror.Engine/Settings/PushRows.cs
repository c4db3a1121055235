using System.Collections.Immutable;

namespace Mirror.Engine.Settings;

/// <summary>The settings of a push alone.</summary>
internal static class PushRows
{
    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Text, "D8MirrorBareRoot", "BareRoot",
            "Where the stand-alone installer and the CLI plugins go; Auto takes an edition off the target's path.",
            (settings, value) => settings with { BareRoot = value })
            with { Default = MirrorPushSettings.AutoBareRoot, Range = "Auto, Target or a repository path" },

        Row(TextKinds.Boolean, "D8MirrorVerifyGost", "VerifyGost",
            "Check the GOST sums beside the archives before anything is sent.",
            (settings, value) => settings with { VerifyGost = value })
            with { Default = "false" },

        Row(TextKinds.Boolean, "D8MirrorSkipAccessCheck", "SkipAccessCheck",
            "Do not check beforehand whether the target can be written to.",
            (settings, value) => settings with { SkipAccessCheck = value })
            with { Default = "false", Variables = [PushCheck.BypassVariable] },
    ];

    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help,
        Func<MirrorPushSettings, T, MirrorPushSettings> apply) =>
        SettingRow.Of(kind, name, member, help, apply) with { Verbs = SettingVerbs.Push };
}
