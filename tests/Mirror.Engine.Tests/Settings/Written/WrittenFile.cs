using System.Collections.Immutable;

namespace Mirror.Engine.Tests.Settings.Written;

/// <summary>A committed file that repeats settings. All of it, or a part, is written from the settings table.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Render">What the file should hold, given what it holds.</param>
internal sealed record WrittenFile(string Path, Func<string, string> Render)
{
    private const string Package = "src/Deckhouse.Mirror.MSBuild/";

    public static ImmutableArray<WrittenFile> All { get; } =
    [
        new("docs/settings.md", _ => SettingsDocument.Render()),
        new(TargetsFile.Path, TargetsFile.Render),
        new($"{TargetsFile.Path}.buildschema.json", _ => EditorSchema.Render()),
        .. TaskClass.All.Select(task =>
            new WrittenFile($"{Package}{task.Path}", _ => TaskParameters.Render(task))),
        new($"{Package}ProjectNames.g.cs", _ => ProjectNamesFile.Render()),
        .. CakeSettings.Records.Select(record => new WrittenFile(
            $"{CakeSettings.Project}Settings/{CakeSettings.ClassOf(record)}.g.cs", _ => CakeSettings.Render(record))),
        new($"{CakeSettings.Project}PublicAPI.Unshipped.txt", CakeSettings.RenderApi),
        new($"{Package}PublicAPI.Unshipped.txt", PublicApiFile.RenderTasks),
        new("src/Mirror.Engine/PublicAPI.Unshipped.txt", PublicApiFile.RenderEngine),
        new(SettingsContract.Path, SettingsContract.Render),
    ];
}
