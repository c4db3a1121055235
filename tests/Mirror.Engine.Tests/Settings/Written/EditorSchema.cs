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

    /// <summary>What the targets give or take besides settings.</summary>
    private static readonly (string Name, string Description)[] _moreProperties =
    [
        ("D8MirrorAlreadyThereCount", "Given by a push or sync: the number of tags that were there as planned before."),
        ("D8MirrorBundleBytes", "Given by a plan or pull: the size of all archives in bytes."),
        ("D8MirrorImageCount", "Given by a plan, pull or sync: the number of images over all archives."),
        ("D8MirrorOnPublish", "Targets that a publish runs first, separated by semicolons; true: D8MirrorPull."),
        ("D8MirrorPlanDependsOn", "Targets to run before D8MirrorPlan."),
        ("D8MirrorPullDependsOn", "Targets to run before D8MirrorPull."),
        ("D8MirrorPushDependsOn", "Targets to run before D8MirrorPush."),
        ("D8MirrorPushedCount", "Given by a push or sync: the number of tags that were written."),
        ("D8MirrorSentBytes", "Given by a push or sync: bytes that were sent as blobs."),
        ("D8MirrorSyncDependsOn", "Targets to run before D8MirrorSync."),
        ("D8MirrorTransferBytes", "Given by a plan, pull or sync: bytes to download, each piece of content once."),
        ("D8MirrorVerifyDependsOn", "Targets to run before D8MirrorVerify."),
        ("VerifyGostDigestDependsOn", "Targets to run before VerifyGostDigest."),
    ];

    private static readonly (string Name, string Description, string[] Metadata)[] _outputItems =
    [
        ("D8MirrorArchive", "Given by a pull or verification: the files of the bundle.",
            ["Size", "Images", "GostDigest"]),
        ("D8MirrorImage", "Given by every verb but VerifyGostDigest: the images, by their references.",
            ["Repository", "Tag", "Digest", "MediaType", "Size", "Archive", "Reason"]),
        ("D8MirrorRepository", "Given by a push or sync: the repositories of the target.",
            ["Pushed", "AlreadyThere"]),
    ];

    public static string Render()
    {
        SortedDictionary<string, object> properties = new(StringComparer.Ordinal);
        SortedDictionary<string, object> items = new(StringComparer.Ordinal);
        foreach (SettingRow row in SettingsTable.Rows)
        {
            (row.IsList ? items : properties)[row.Name] = Entry(row);
        }

        foreach ((string name, string description) in _moreProperties)
        {
            properties[name] = new Dictionary<string, object> { ["description"] = description };
        }

        foreach ((string name, string description, string[] metadata) in _outputItems)
        {
            items[name] = Item(description, metadata);
        }

        return JsonSerializer.Serialize(
            new Dictionary<string, object> { ["properties"] = properties, ["items"] = items }, _json) + "\n";
    }

    private static Dictionary<string, object> Entry(SettingRow row)
    {
        if (row.IsList)
        {
            return Item(row.Description(), row.Kind == SettingKind.Rules ? ["Version"] : []);
        }

        Dictionary<string, object> entry = new() { ["description"] = row.Description() };
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

    private static Dictionary<string, object> Item(string description, string[] metadata) => new()
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
        SettingKind.Choice => row.Range.Split(" or "),
        _ => null,
    };
}
