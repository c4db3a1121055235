using System.Security.Cryptography;
using System.Text;

namespace Mirror.Engine.Plan;

/// <summary>
/// The id of a set of tags, wherever it lies: a lock, a bundle and a target that hold the same have the same id
/// (docs/lock.md#state-id). It is the sha256 over a line <c>path tag digest</c> for each tag, in ordinal order.
/// Vulnerability databases, which change every few hours, have an id of their own.
/// </summary>
internal static class StateId
{
    /// <summary>How many hex digits people compare.</summary>
    public const int ShownDigits = 12;

    private const string Databases = "security";

    /// <summary>The id of all tags but those of databases.</summary>
    public static string Compute(IEnumerable<TaggedImage> images) => Compute(images, ofDatabases: false);

    /// <summary>The id of the tags of databases.</summary>
    public static string ComputeDatabases(IEnumerable<TaggedImage> images) => Compute(images, ofDatabases: true);

    /// <summary>The part of an id that people read to each other.</summary>
    public static string Short(string id) => id[..ShownDigits];

    /// <summary>Whether a path is that of a database.</summary>
    public static bool IsDatabase(string path) =>
        path == Databases || path.StartsWith(Databases + "/", StringComparison.Ordinal);

    /// <summary>
    /// The path below an edition: bundles of the form of d8 0.25.2 leave out what the name of the archive says.
    /// </summary>
    public static string PathOf(string archive, string path)
    {
        string head = path.Split('/', 2)[0];
        string prefix = archive == "security.tar" && head != Databases ? Databases
            : archive.StartsWith("module-", StringComparison.Ordinal) && head is "" or "release" or "extra"
                ? $"modules/{Path.GetFileNameWithoutExtension(archive)["module-".Length..]}"
            : "";
        return prefix.Length == 0 ? path : path.Length == 0 ? prefix : $"{prefix}/{path}";
    }

    private static string Compute(IEnumerable<TaggedImage> images, bool ofDatabases)
    {
        string[] lines =
        [
            .. images
                .Select(image => (Path: PathOf(image.Archive, image.Path), image.Tag, image.Digest))
                .Where(image => IsDatabase(image.Path) == ofDatabases)
                .Select(image => $"{image.Path} {image.Tag} {image.Digest}\n")
                .Distinct(StringComparer.Ordinal),
        ];
        Array.Sort(lines, StringComparer.Ordinal);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
