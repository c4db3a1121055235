using System.Text.RegularExpressions;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Bundles;

/// <summary>The names of the files in a bundle folder (docs/bundle-format.md).</summary>
internal static partial class BundleNames
{
    public const string Index = "bundle.json";
    public const string Lock = ".d8mirror.lock";
    public const string Holder = ".d8mirror.lock.holder";
    public const string Commit = ".d8mirror.commit";

    /// <summary>What a file is called until the commit.</summary>
    public static string Part(string name) => name + ".part";

    /// <summary>The inventory of an archive.</summary>
    public static string Inventory(string archive) => archive + ".json";

    /// <summary>Whether a name is that of an archive: no folder, no odd character.</summary>
    public static bool IsArchive(string name) =>
        name.EndsWith(".tar", StringComparison.Ordinal)
        && !name.Contains('/', StringComparison.Ordinal)
        && RepositoryName.IsValid(name);

    /// <summary>The archive a file belongs to as content or chunk, or <see langword="null"/>.</summary>
    public static string? ArchiveOf(string fileName)
    {
        if (fileName.EndsWith(".tar", StringComparison.Ordinal))
        {
            return fileName;
        }

        Match chunk = ChunkPattern().Match(fileName);
        return chunk.Success ? chunk.Groups["archive"].Value : null;
    }

    /// <summary>Whether a file is a form of an archive: itself, a chunk, or the GOST sum of either.</summary>
    public static bool IsFormOf(string archive, string fileName)
    {
        const string sum = ".gostsum";
        string content = fileName.EndsWith(sum, StringComparison.Ordinal) ? fileName[..^sum.Length] : fileName;
        return ArchiveOf(content) == archive;
    }

    [GeneratedRegex(@"\A(?<archive>.+\.tar)\.[0-9]{4,9}\.chunk\z", RegexOptions.NonBacktracking)]
    private static partial Regex ChunkPattern();
}
