using Mirror.Engine.Bundles.Format;
using Mirror.Engine.Errors;

namespace Mirror.Engine.Bundles.Reading;

/// <summary>What is said of files that no archive of a bundle explains.</summary>
internal static class StrayFaults
{
    private const int Shown = 10;

    public static Fault Suspect(string name, string seems) => new(
        FaultCode.ArchiveNameUnknown,
        $"'{FoldedName.Shown(name)}' does not have the name of an archive and would be left out; it seems to be "
            + $"{seems}.",
        "If it is part of the bundle, finish the copy, unpack it, or rename it to <archive>.tar (chunks: "
            + "<archive>.tar.NNNN.chunk). Otherwise move it out of the folder.");

    public static Fault Unread(string directory, IReadOnlyCollection<string> names) => new(
        FaultCode.PossibleArchives,
        $"The bundle folder '{directory}' contains files or subfolders that could hold archives and are not read: "
            + $"{List(names)}.",
        "If they hold a part of the bundle, unpack them or copy their archives into the folder. Otherwise ignore "
            + "this.");

    public static Fault Orphans(string directory, IReadOnlyCollection<string> names) => new(
        FaultCode.ArchivePerhapsMissing,
        $"The bundle folder '{directory}' contains checksums or signatures of missing archives: {List(names)}.",
        "Copy the archives next to them if they are part of the bundle; otherwise delete these files.");

    public static Fault AppleDoubles(string directory, IReadOnlyCollection<string> names) => new(
        FaultCode.AppleDoubleIgnored,
        $"The bundle folder '{directory}' contains AppleDouble files of macOS, which are ignored: {List(names)}.",
        "No action is required. To remove them, run dot_clean on macOS, or delete them.");

    /// <summary>What the bundle's own files speak of, and what is not there.</summary>
    public static Fault Missing(string directory, string archive, string evidence) => new(
        FaultCode.ArchiveMissing,
        $"{FoldedName.Shown(archive)} ({evidence}) belongs to the bundle in '{directory}', but is missing.",
        "Copy it to the folder, or pull again without it. To leave it out of this run, name only the archives that "
            + $"you want in {SettingName.Files}, without {SettingName.BundleDirectory}.");

    public static Fault NotAFile(string file) => new(
        FaultCode.NotRegularFile,
        $"'{FoldedName.Shown(file)}' has the name of an archive, but is a folder, or a link whose target does not "
            + "exist.",
        "Copy the archive itself (with cp -L or rsync -L where links point to it), or remove the entry.");

    private static string List(IReadOnlyCollection<string> names)
    {
        string more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return string.Join(", ", names.Take(Shown).Select(name => $"'{FoldedName.Shown(name)}'")) + more;
    }
}
