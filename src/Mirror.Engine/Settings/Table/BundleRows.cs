using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>The settings of a pull that say how its bundle is written.</summary>
internal static class BundleRows
{
    public static ImmutableArray<SettingRow> All { get; } =
    [
        Row(TextKinds.Size, "D8MirrorBundleChunkSize", "BundleChunkSize",
            "The largest file of the bundle; 0: archives are not split.",
            (settings, value) => settings with { BundleChunkSize = value })
            with { Flag = "--images-bundle-chunk-size", Default = "0", Range = "0, or 100kB or more" },

        Written(TextKinds.Boolean, "D8MirrorGostDigest", "GostDigest",
            "Write a GOST R 34.11-2012 sum beside each archive.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { GostDigest = value },
                MirrorMergeSettings merge => merge with { GostDigest = value },
                _ => settings,
            })
            with { Flag = "--gost-digest", Default = "false" },

        Written(TextKinds.Boolean, "D8MirrorForce", "Force",
            "Replace archives of the same name that another plan made.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { Force = value },
                MirrorMergeSettings merge => merge with { Force = value },
                _ => settings,
            })
            with { Flag = "--force", Default = "false" },

        Row(TextKinds.Boolean, "D8MirrorNoPullResume", "NoPullResume",
            "Do not continue an interrupted pull, start from scratch.",
            (settings, value) => settings with { NoPullResume = value })
            with { Flag = "--no-pull-resume", Default = "false" },

        SettingRow.Create<MirrorSettings, BundleFormat>(
            TextKinds.Choice<BundleFormat>(), "D8MirrorBundleFormat", "BundleFormat",
            "The form of the bundle: with repository paths, or as d8 0.25.2 writes it.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { BundleFormat = value },
                MirrorDiffSettings diff => diff with { BundleFormat = value },
                _ => settings,
            })
            with
            {
                Default = nameof(BundleFormat.PathPreserving),
                Range = "PathPreserving or Legacy025",
                Verbs = SettingVerbs.LikePull | SettingVerbs.Diff,
            },
    ];

    private static SettingRow Written<T>(
        TextKind<T> kind, string name, string member, string help,
        Func<MirrorSettings, T, MirrorSettings> apply) =>
        SettingRow.Create(kind, name, member, help, apply) with
        {
            Verbs = SettingVerbs.LikePull | SettingVerbs.Merge,
        };

    private static SettingRow Row<T>(
        TextKind<T> kind, string name, string member, string help,
        Func<MirrorPullSettings, T, MirrorPullSettings> apply) =>
        SettingRow.Create(kind, name, member, help, apply);
}
