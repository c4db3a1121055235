using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>The settings that name files: the bundle and what lies beside it, for every verb that has one.</summary>
internal static class BundleFileRows
{
    private const SettingVerbs Pulling = SettingVerbs.LikePull;
    private const SettingVerbs Checking = SettingVerbs.Verify | SettingVerbs.VerifyGostDigest;
    private const SettingVerbs Targets = SettingVerbs.Inventory | SettingVerbs.Check;
    private const SettingVerbs Every =
        Pulling | SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff | Checking | Targets | SettingVerbs.Merge;

    public static ImmutableArray<SettingRow> All { get; } =
    [
        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorBundleDirectory", "BundleDirectory",
            "The folder of the bundle; a pull creates it. A plan writes nothing into it and needs none. Verbs that "
                + "only read take files instead of it, or besides.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { BundleDirectory = value },
                MirrorPushSettings push => push with { BundleDirectory = value },
                MirrorVerifySettings verify => verify with { BundleDirectory = value },
                MirrorVerifyGostDigestSettings verify => verify with { BundleDirectory = value },
                MirrorInventorySettings inventory => inventory with { BundleDirectory = value },
                MirrorCheckSettings check => check with { BundleDirectory = value },
                MirrorMergeSettings merge => merge with { BundleDirectory = value },
                _ => settings,
            })
            with
            {
                Flag = "<images-bundle-path>",
                DefaultNote = "required; none for an inventory or check",
                Verbs = Pulling | SettingVerbs.Push | Checking | Targets | SettingVerbs.Merge,
            },

        SettingRow.Create<MirrorSettings, ImmutableArray<string>>(TextKinds.Paths, "D8MirrorFile", "Files",
            "Single archives, besides the folder; any chunk stands for its whole set.",
            (settings, value) => settings switch
            {
                MirrorPushSettings push => push with { Files = value },
                MirrorVerifySettings verify => verify with { Files = value },
                MirrorVerifyGostDigestSettings verify => verify with { Files = value },
                MirrorInventorySettings inventory => inventory with { Files = value },
                MirrorCheckSettings check => check with { Files = value },
                _ => settings,
            })
            with { Flag = "--file", Verbs = SettingVerbs.Push | Checking | Targets },

        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorTmpDir", "TmpDirectory",
            "Where metadata layers are kept while planning. A plan alone uses the temporary folder and removes what it "
                + "wrote; a sync uses the user's cache folder; a push needs none.",
            (settings, value) => settings switch
            {
                MirrorSelectionSettings selection => selection with { TmpDirectory = value },
                MirrorPushSettings push => push with { TmpDirectory = value },
                _ => settings,
            })
            with
            {
                Flag = "--tmp-dir",
                DefaultNote = ".tmp in the bundle's folder",
                Verbs = Pulling | SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff,
            },

        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorLockFile", "LockFile",
            "The lock of the bundle: what is pulled is exactly what it says, and what is verified or pushed must be.",
            (settings, value) => settings switch
            {
                MirrorSelectionSettings selection => selection with { LockFile = value },
                MirrorPushSettings push => push with { LockFile = value },
                MirrorVerifySettings verify => verify with { LockFile = value },
                MirrorInventorySettings inventory => inventory with { LockFile = value },
                MirrorCheckSettings check => check with { LockFile = value },
                MirrorMergeSettings merge => merge with { LockFile = value },
                _ => settings,
            })
            with
            {
                DefaultNote = "none; required to lock",
                Verbs = Pulling | SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Verify | Targets
                    | SettingVerbs.Merge,
            },

        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorReportFile", "ReportFile",
            "A file for the record of the run, by extension; `{verb}` stands for the verb.",
            (settings, value) => settings with { ReportFile = value })
            with { Range = ".json, .md or .html", Verbs = Every },

        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorOutputsFile", "OutputsFile",
            "A file for later steps of a pipeline: a run that succeeds appends lines `name=value`.",
            (settings, value) => settings with { OutputsFile = value })
            with { DefaultNote = "the file of the variable GITHUB_OUTPUT, or none", Verbs = Every },
    ];
}
