using System.Text.Encodings.Web;
using System.Text.Json;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>
/// What editors complete and explain, in the form of the MSBuild editors for Visual Studio and VS Code: a file beside
/// the targets with properties, items and their metadata. Settings come out of their table.
/// </summary>
internal static class EditorSchema
{
    private static readonly JsonSerializerOptions _json =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render()
    {
        SortedDictionary<string, object> properties = new(StringComparer.Ordinal);
        SortedDictionary<string, object> items = new(StringComparer.Ordinal);
        foreach (SettingRow row in SettingsTable.Rows)
        {
            properties[row.Name] = Property(row);
            if (row.IsList)
            {
                items[row.Name] = Item(row.Description(), row.Kind == SettingKind.Rules ? ["Version"] : []);
            }
        }

        foreach (ProjectName name in ProjectName.Properties)
        {
            properties[name.Name] = new Dictionary<string, object> { ["description"] = name.Description };
        }

        foreach (ProjectName name in ProjectName.Items)
        {
            items[name.Name] = Item(name.Description, name.Metadata);
        }

        return JsonSerializer.Serialize(
            new Dictionary<string, object> { ["properties"] = properties, ["items"] = items }, _json) + "\n";
    }

    private static Dictionary<string, object> Property(SettingRow row)
    {
        Dictionary<string, object> entry = new()
        {
            ["description"] = row.IsList ? $"{row.Description()} Separated by semicolons." : row.Description(),
        };
        if (TypeOf(row) is { } type)
        {
            entry["type"] = type;
        }

        if (row.Default.Length > 0)
        {
            entry["defaultValue"] = row.Default;
        }

        entry["helpUrl"] = "https://github.com/deckhouse-mirror/deckhouse-mirror/blob/main/docs/settings.md";
        return entry;
    }

    private static Dictionary<string, object> Item(string description, IEnumerable<string> metadata) => new()
    {
        ["description"] = description,
        ["metadata"] = metadata.ToDictionary(
            name => name,
            name => (object)(name == "Version" ? "A version or constraint; none: every version." : $"{name}.")),
    };

    private static object? TypeOf(SettingRow row) => row.Kind switch
    {
        SettingKind.Boolean or SettingKind.Removal => "bool",
        SettingKind.Number => "int",
        SettingKind.Path => "file-or-folder",
        SettingKind.Choice => row.Range.Split([", ", " or "], StringSplitOptions.None),
        _ => null,
    };
}
