using System.Collections.Immutable;
using System.Text;
using Mirror.Engine.Settings;

namespace Mirror.Engine.Tests.Settings;

/// <summary>Writes docs/settings.md out of the settings table.</summary>
internal static class SettingsDocument
{
    public static string Render()
    {
        StringBuilder text = new();
        text.Append(SettingsDocumentText.Introduction);
        AppendTable(text, "Source", SourceRows.All);
        AppendTable(text, "Connection", ConnectionRows.All);
        AppendTable(text, "Pull", PullRows.All);
        text.Append(SettingsDocumentText.Rules);
        text.Append("## Not available in this version\n\n");
        text.Append("Asking for one of these is a fault (D8M1013), not a wish that is ignored.\n\n");
        AppendRow(text, "Setting", "What to do");
        AppendRow(text, "---", "---");
        foreach (UnavailableSetting setting in UnavailableSettings.All)
        {
            AppendRow(text, $"`{setting.Member}`{(setting.Value.Length > 0 ? $" = `{setting.Value}`" : "")}", setting.Advice);
        }

        text.Append(SettingsDocumentText.Credential);
        text.Append("\nThese properties exist only to be refused (D8M1008), because build logs show properties:\n\n");
        AppendRow(text, "Property", "Where the secret belongs");
        AppendRow(text, "---", "---");
        foreach (ForbiddenSecret secret in SettingsTable.ForbiddenSecrets)
        {
            AppendRow(text, $"`{secret.Name}`", $"the variable `{secret.Variable}`");
        }

        text.Append(SettingsDocumentText.Environment);
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, string title, ImmutableArray<SettingRow> rows)
    {
        text.Append("## ").Append(title).Append("\n\n");
        AppendRow(text, "MSBuild", "Record member", "d8", "Value", "Default", "Meaning");
        AppendRow(text, "---", "---", "---", "---", "---", "---");
        foreach (SettingRow row in rows)
        {
            AppendRow(
                text,
                row.IsList ? $"items `{row.Name}`" : $"`{row.Name}`",
                $"`{row.Member}`",
                string.Join(", ", row.Variables.Prepend(row.Flag).Where(name => name.Length > 0).Select(Code)),
                row.Range.Length > 0 ? $"{Value(row.Kind)}: {row.Range}" : Value(row.Kind),
                row.Default.Length > 0 ? Code(row.Default) : row.DefaultNote.Length > 0 ? row.DefaultNote : "none",
                row.Help);
        }

        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells)
        {
            text.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        }

        text.Append("|\n");
    }

    private static string Code(string text) => $"`{text}`";

    private static string Value(SettingKind kind) => kind switch
    {
        SettingKind.Removal => "boolean",
        SettingKind.VariableName => "variable name",
        SettingKind.Texts => "list",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
