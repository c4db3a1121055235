using Mirror.Engine.Settings.Table;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>What a setting means, for places that have room for one text only.</summary>
internal static class SettingDescription
{
    /// <summary>The meaning, the values, the variables, and the default where that is not a value.</summary>
    public static string Description(this SettingRow row)
    {
        string range = row.Range.Length == 0 ? "" : $" Value: {row.Range}.";
        string variables = string.Concat(row.Variables.Select(name => $" Variable: {name}."));
        string fallback = row.DefaultNote switch
        {
            "" => "",
            "required" => " Required.",
            _ => $" Default: {row.DefaultNote}.",
        };
        return row.Help + range + variables + fallback;
    }
}
