using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Tests.Settings;

/// <summary>A text for each setting that is allowed and is not its default.</summary>
internal static class SettingSample
{
    public static string Of(SettingRow row) => row.Kind switch
    {
        SettingKind.Boolean or SettingKind.Removal => row.Default == "true" ? "false" : "true",
        SettingKind.Number => "7",
        SettingKind.Size or SettingKind.Rate => "7MB",
        SettingKind.Duration => "7s",
        SettingKind.Choice => row.Range.Split(' ')[^1],
        SettingKind.Constraint => "^1.2.3",
        SettingKind.VariableName => "MY_SECRET",
        SettingKind.Text => SelectionRows.All.FirstOrDefault(selection => selection.Name == row.Name)?.Value
            .Replace(SelectionRow.Host, "another.example", StringComparison.Ordinal) ?? TextOf(row.Name),
        _ => TextOf(row.Name),
    };

    private static string TextOf(string name) => name switch
    {
        "D8MirrorTarget" or "D8MirrorCheckTarget" => "another.example/deckhouse/ee",
        "D8MirrorReportFile" => "another.json",
        "D8MirrorDeltaBaseId" => "0123456789ab",
        _ => "another",
    };
}
