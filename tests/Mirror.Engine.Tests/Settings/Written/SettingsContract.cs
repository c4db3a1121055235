using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>
/// Adds new settings to the contract. What is in it stays there: a name that build files use does not vanish or change
/// its default by itself.
/// </summary>
internal static class SettingsContract
{
    public const string Path = "tests/Mirror.Engine.Tests/Settings/settings-contract.txt";

    public static string Render(string current)
    {
        HashSet<string> known = [.. current.Split('\n').Select(line => line.Split(' ')[0])];
        return current + string.Concat(SettingsTable.Rows.Where(row => !known.Contains(row.Name)).Select(Line));
    }

    private static string Line(SettingRow row)
    {
        string value = row.Default.Length > 0 ? row.Default : "-";
        string note = row.DefaultNote.Length > 0 ? $" ({row.DefaultNote})" : "";
        return $"{row.Name} | {row.Member} | {value}{note}\n";
    }
}
