using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine;

namespace Deckhouse.Mirror.MSBuild;

/// <summary>What a run reports, as items for later targets.</summary>
internal static class ReportItems
{
    public static IEnumerable<ITaskItem> ImagesOf(PlannedArchive archive) =>
        from layout in archive.Layouts
        from image in layout.Images
        select Item(image.Reference, new()
        {
            ["Repository"] = image.Repository,
            ["Tag"] = image.Tag,
            ["Digest"] = image.Digest.ToString(),
            ["MediaType"] = image.MediaType,
            ["Size"] = image.TotalBytes.ToString(CultureInfo.InvariantCulture),
            ["Archive"] = archive.Name,
            ["Reason"] = image.Reason,
        });

    public static ITaskItem FileOf(ReportedFile file) => Item(file.Path, new()
    {
        ["Size"] = file.Bytes.ToString(CultureInfo.InvariantCulture),
        ["Images"] = file.Images.ToString(CultureInfo.InvariantCulture),
        ["GostDigest"] = file.GostDigest ?? "",
    });

    public static ITaskItem PathOf(string path) => Item(path, []);

    public static ITaskItem RepositoryOf(ReportedRepository repository) => Item(repository.Repository, new()
    {
        ["Pushed"] = repository.Pushed.ToString(CultureInfo.InvariantCulture),
        ["AlreadyThere"] = repository.AlreadyThere.ToString(CultureInfo.InvariantCulture),
    });

    public static ITaskItem ChangeOf(string kind, ChangedImage image) => Item(image.Name, new()
    {
        ["Kind"] = kind,
        ["Archive"] = image.Archive,
        ["Path"] = image.Path,
        ["Tag"] = image.Tag,
        ["Was"] = image.Was?.ToString() ?? "",
        ["Digest"] = image.Digest?.ToString() ?? "",
    });

    public static ITaskItem MissingAt(CheckedTarget target, CheckFinding finding) => Item(finding.Reference, new()
    {
        ["Kind"] = finding.Kind.ToString(),
        ["Archive"] = finding.Archive,
        ["Path"] = finding.Path,
        ["Tag"] = finding.Tag,
        ["Digest"] = finding.Digest.ToString(),
        ["Found"] = finding.Found?.ToString() ?? "",
        ["Content"] = string.Join("; ", finding.Content),
        ["Registry"] = target.Target,
    });

    /// <summary>A boolean as settings take it; MSBuild would write <c>True</c>.</summary>
    public static string TextOf(bool value) => value ? "true" : "false";

    private static TaskItem Item(string name, Dictionary<string, string> metadata)
    {
        TaskItem item = new(Escape(name));
        foreach ((string key, string value) in metadata)
        {
            item.SetMetadata(key, Escape(value));
        }

        return item;
    }

    // A TaskItem takes its texts as they stand in a project file, where %XX means a character and ; parts a list.
    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
