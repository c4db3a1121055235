using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Table;

/// <summary>What is compared, and what was approved.</summary>
internal static class ReviewRows
{
    private const string Sides = "source, target, the folder of a bundle, or a lock, inventory, plan or report in JSON";

    public static ImmutableArray<SettingRow> All { get; } =
    [
        SettingRow.Create(TextKinds.Text, "D8MirrorDiffFrom", "From",
            "The state before: what a pull would take now, what the target holds now, or a file or bundle.",
            (MirrorDiffSettings settings, string value) => settings with { From = value })
            with { DefaultNote = "required", Range = Sides, Verbs = SettingVerbs.Diff },

        SettingRow.Create(TextKinds.Text, "D8MirrorDiffTo", "To",
            "The state after, in the same words.",
            (MirrorDiffSettings settings, string value) => settings with { To = value })
            with { DefaultNote = "required", Range = Sides, Verbs = SettingVerbs.Diff },

        SettingRow.Create<MirrorSettings, string>(TextKinds.Text, "D8MirrorReviewed", "Reviewed",
            "The diff that was approved. A pull or plan must come out at its state after; a push must find the state "
                + "before, and carry the state after.",
            (settings, value) => settings switch
            {
                MirrorPullSettings pull => pull with { Reviewed = value },
                MirrorPushSettings push => push with { Reviewed = value },
                _ => settings,
            })
            with
            {
                DefaultNote = "none",
                Range = "the JSON of a diff, or its id",
                Verbs = SettingVerbs.LikePull | SettingVerbs.Push,
            },
    ];
}
