using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Format;

/// <summary>The names of the files in a bundle folder (docs/bundle-format.md).</summary>
internal static class BundleNames
{
    public const string Index = "bundle.json";
    public const string Lock = ".d8mirror.lock";
    public const string Holder = ".d8mirror.lock.holder";
    public const string Commit = ".d8mirror.commit";

    private const string InventorySuffix = ".json";
    private const string SumSuffix = ".gostsum";
    private const string PartSuffix = ".part";
    private const string JournalSuffix = ".journal";

    /// <summary>No name of an archive begins with a dot.</summary>
    private const string AsidePrefix = ".d8mirror.old.";

    public static string Sum(string file) => file + SumSuffix;

    /// <summary>The file that a sum belongs to, or <see langword="null"/> when the name is none of a sum.</summary>
    public static string? SummedBy(string fileName) =>
        fileName.EndsWith(SumSuffix, StringComparison.Ordinal) ? fileName[..^SumSuffix.Length] : null;

    public static string Part(string name) => name + PartSuffix;

    /// <summary>What a file under our temporary name will be called; <see langword="null"/> for any other.</summary>
    public static string? PublishedName(string fileName) =>
        fileName.EndsWith(PartSuffix, StringComparison.Ordinal) ? fileName[..^PartSuffix.Length] : null;

    /// <summary>
    /// The archive that a file would be if its pull had ended, ours or one of d8; <see langword="null"/> for any other.
    /// </summary>
    public static string? StagedArchive(string fileName)
    {
        string extension = Path.GetExtension(fileName);
        string name = fileName[..^extension.Length];
        return extension is not (".part" or ".tmp") ? null
            : name.StartsWith(AsidePrefix, StringComparison.Ordinal)
                && ArchiveOf(name[AsidePrefix.Length..]) is { } archive ? Aside(archive)
            : ArchiveOf(name);
    }

    public static string Journal(string archive) => archive + JournalSuffix;

    /// <summary>The archive that a journal belongs to; <see langword="null"/> for any other file.</summary>
    public static string? JournalledBy(string fileName) =>
        fileName.EndsWith(JournalSuffix, StringComparison.Ordinal) ? fileName[..^JournalSuffix.Length] : null;

    /// <summary>What the unfinished archive of another plan is called while this plan takes over what it can.</summary>
    public static string Aside(string archive) => AsidePrefix + archive;

    public static string Inventory(string archive) => archive + InventorySuffix;

    /// <summary>The archive that an inventory describes; <see langword="null"/> for any other file.</summary>
    public static string? InventoriedBy(string fileName) =>
        fileName.EndsWith(InventorySuffix, StringComparison.Ordinal)
        && IsArchive(fileName[..^InventorySuffix.Length])
            ? fileName[..^InventorySuffix.Length]
            : null;

    /// <summary>
    /// The file beside an archive that lists its releases, or <see langword="null"/> for an archive without one.
    /// </summary>
    public static string? Releases(string archive) => archive == "platform.tar" ? PlannedFile.Releases : null;

    /// <summary>Whether a name is that of an archive: no folder, no odd character.</summary>
    public static bool IsArchive(string name) => ArchiveName.IsValid(name);

    /// <summary>The archive a file belongs to as content or chunk, or <see langword="null"/>.</summary>
    public static string? ArchiveOf(string fileName) =>
        (ChunkName.Parse(fileName)?.Archive ?? fileName) is var archive && IsArchive(archive) ? archive : null;

    /// <summary>Whether a commit can give a file this name.</summary>
    public static bool IsPublished(string fileName) =>
        fileName is Index or PlannedFile.Releases or LockFile.BundledName
        || FormOf(fileName) is not null
        || InventoriedBy(fileName) is not null;

    /// <summary>
    /// The archive that a file is a form of: itself, a chunk, or the GOST sum of either; <see langword="null"/>
    /// when it is none.
    /// </summary>
    public static string? FormOf(string fileName) => ArchiveOf(SummedBy(fileName) ?? fileName);
}
