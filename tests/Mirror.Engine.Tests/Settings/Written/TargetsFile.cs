using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>Writes what the targets repeat: the parameters of each task, and the properties that are refused.</summary>
internal static class TargetsFile
{
    public const string Path = "src/Deckhouse.Mirror.MSBuild/build/Deckhouse.Mirror.MSBuild.targets";

    private static readonly (string Task, SettingVerbs Verb)[] Calls =
    [
        ("D8MirrorPlan", SettingVerbs.Plan),
        ("D8MirrorDiff", SettingVerbs.Diff),
        ("D8MirrorLock", SettingVerbs.Lock),
        ("D8MirrorLockCheck", SettingVerbs.LockCheck),
        ("D8MirrorPull", SettingVerbs.Pull),
        ("D8MirrorMerge", SettingVerbs.Merge),
        ("D8MirrorVerify", SettingVerbs.Verify),
        ("VerifyGostDigest", SettingVerbs.VerifyGostDigest),
        ("D8MirrorPush", SettingVerbs.Push),
        ("D8MirrorSync", SettingVerbs.Sync),
        ("D8MirrorInventory", SettingVerbs.Inventory),
        ("D8MirrorCheck", SettingVerbs.Check),
    ];

    public static string Render(string current)
    {
        string text = Calls.Aggregate(current, (targets, call) =>
            MarkedLines.Replace(targets, $"Settings of {call.Task}", Call(call.Task, call.Verb)));
        return MarkedLines.Replace(text, "Properties that would hold a secret", SettingsTable.ForbiddenSecrets.Select(
            secret => $"""      <_D8MirrorSecret Include="{secret.Name}" Condition="'$({secret.Name})' != ''" />"""));
    }

    // A comment cannot stand between attributes, so the whole start tag is written.
    private static IEnumerable<string> Call(string task, SettingVerbs verb)
    {
        string[] attributes =
        [
            "ProjectFile=\"$(MSBuildProjectFullPath)\"",
            "SecretProperties=\"@(_D8MirrorSecret)\"",
            .. SettingsTable.RowsFor(verb).Select(row =>
                $"{TaskClass.ParameterOf(row)}=\"{(row.IsList ? $"@({row.Name});" : "")}$({row.Name})\""),
        ];
        return [$"    <{task}", .. attributes[..^1].Select(it => $"      {it}"), $"      {attributes[^1]}>"];
    }
}
