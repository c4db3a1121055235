using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>What a target has: inventories, checks, deltas against it, and merges.</summary>
internal static class DeltaRows
{
    private const SettingVerbs Targets = SettingVerbs.Inventory | SettingVerbs.Check;

    public static ImmutableArray<SettingRow> All { get; } =
    [
        SettingRow.Create<MirrorSettings, string>(TextKinds.Path, "D8MirrorInventoryFile", "InventoryFile",
            "The inventory of a target. Written: by an inventory what the target holds, by a push or sync the receipt, "
                + "by a pull the prediction. A check reads it.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { InventoryFile = value },
                MirrorPushSettings push => push with { InventoryFile = value },
                MirrorSyncSettings sync => sync with { InventoryFile = value },
                MirrorInventorySettings inventory => inventory with { InventoryFile = value },
                MirrorCheckSettings check => check with { InventoryFile = value },
                _ => settings,
            })
            with
            {
                DefaultNote = "none; required for an inventory",
                Verbs = SettingVerbs.LikePull | SettingVerbs.Push | SettingVerbs.Sync | Targets,
            },

        SettingRow.Create<MirrorSettings, CheckDepth>(TextKinds.Choice<CheckDepth>(), "D8MirrorCheckDepth",
            "CheckDepth",
            "How far to look into a target: which image each tag stands for; whether all of its content is there; "
                + "whether that content is true.",
            (settings, value) => settings switch
            {
                MirrorInventorySettings inventory => inventory with { CheckDepth = value },
                MirrorCheckSettings check => check with { CheckDepth = value },
                _ => settings,
            })
            with { Default = nameof(CheckDepth.Tags), Range = "Tags, Manifests or Blobs", Verbs = Targets },

        SettingRow.Create(TextKinds.Names, "D8MirrorCheckTarget", "Targets",
            "Further targets to check, each host[:port]/path, with the connection and login of the first.",
            (MirrorCheckSettings settings, ImmutableArray<string> value) => settings with { Targets = value })
            with { DefaultNote = "none", Verbs = SettingVerbs.Check },

        SettingRow.Create(TextKinds.Paths, "D8MirrorDeltaBase", "DeltaBases",
            "What the target has already: inventories, locks and folders of bundles. The bundle is a delta, without "
                + "the layers that are there.",
            (MirrorPullSettings settings, ImmutableArray<string> value) => settings with { DeltaBases = value })
            with { DefaultNote = "none, a full bundle", Verbs = SettingVerbs.LikePull },

        SettingRow.Create(TextKinds.Text, "D8MirrorDeltaBaseId", "DeltaBaseId",
            "Which of the bases to use: its state id, or at least the first 12 digits of it.",
            (MirrorPullSettings settings, string value) => settings with { DeltaBaseId = value })
            with
            {
                DefaultNote = "all bases",
                Range = "12 to 64 hex digits",
                Verbs = SettingVerbs.LikePull,
            },

        SettingRow.Create(TextKinds.Paths, "D8MirrorMergeFrom", "MergeFrom",
            "The folders to make a full bundle of: a delta, and the bundles and deltas before it.",
            (MirrorMergeSettings settings, ImmutableArray<string> value) => settings with { MergeFrom = value })
            with { DefaultNote = "required", Verbs = SettingVerbs.Merge },
    ];
}
