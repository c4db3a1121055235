using System.Collections.Immutable;
using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>A class of the MSBuild package that has settings as parameters: those that all of its verbs take.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Verbs">The verbs of the class and of everything that derives from it.</param>
/// <param name="Base">The class it derives from, whose parameters it does not repeat.</param>
internal sealed record TaskClass(string Name, SettingVerbs Verbs, TaskClass? Base = null)
{
    private const string Prefix = "D8Mirror";

    private static readonly TaskClass Connection = new(
        "ConnectionTask",
        SettingVerbs.LikePull | SettingVerbs.Push | SettingVerbs.Sync | SettingVerbs.Diff | SettingVerbs.Inventory
            | SettingVerbs.Check);

    private static readonly TaskClass Selection = new(
        "SelectionTask", SettingVerbs.LikePull | SettingVerbs.Sync | SettingVerbs.Diff, Connection);

    private static readonly TaskClass PullSettings = new("PullSettingsTask", SettingVerbs.LikePull, Selection);

    private static readonly TaskClass Targets = new(
        "TargetTask", SettingVerbs.Inventory | SettingVerbs.Check, Connection);

    private static readonly TaskClass BundleFiles = new(
        "BundleFilesTask", SettingVerbs.Verify | SettingVerbs.VerifyGostDigest);

    /// <summary>The classes; the concrete tasks that have no parameters of their own are left out.</summary>
    public static ImmutableArray<TaskClass> All { get; } =
    [
        Connection,
        Selection,
        PullSettings,
        new("LockTask", SettingVerbs.Lock | SettingVerbs.LockCheck, PullSettings),
        new("D8MirrorDiff", SettingVerbs.Diff, Selection),
        new("D8MirrorPush", SettingVerbs.Push, Connection),
        new("D8MirrorSync", SettingVerbs.Sync, Selection),
        Targets,
        new("D8MirrorCheck", SettingVerbs.Check, Targets),
        new("D8MirrorMerge", SettingVerbs.Merge),
        BundleFiles,
        new("D8MirrorVerify", SettingVerbs.Verify, BundleFiles),
    ];

    /// <summary>The file that is written: what several tasks share is in a folder of its own.</summary>
    public string Path => Name.StartsWith(Prefix, StringComparison.Ordinal)
        ? $"Tasks/{Name}.g.cs"
        : $"Tasks/Shared/{Name}.g.cs";

    /// <summary>The settings that are parameters of the class itself.</summary>
    public IEnumerable<SettingRow> Rows => SettingsTable.RowsFor(Verbs).Where(row => Base?.Has(row) != true);

    /// <summary>The name of a setting's parameter: without the prefix; plural for items.</summary>
    public static string ParameterOf(SettingRow row) => row.Name[Prefix.Length..] + (row.IsList ? "s" : "");

    private bool Has(SettingRow row) => row.Verbs.HasFlag(Verbs);
}
